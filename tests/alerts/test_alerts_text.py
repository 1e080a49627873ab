"""Foreign text: cut, cleaned and laid out without harm to any script."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.clean import clean, pieces, safe_link, shorten
from alerts.columns import width, wrap

TEXTS = {
    "id": "Pelabuhan informasi itu akan menghubungkan sepuluh negara dengan kabel serat optik baru",
    "ms": "Pelabuhan maklumat itu akan menghubungkan sepuluh negara dengan kabel gentian optik",
    "en": "The information harbor is to join ten countries by new fibre cables under the sea",
    "zh": "信息港将以新的海底光缆连接十个国家，“数字丝绸之路”的项目（共三十五个）也在其中。",
    "vi": "Cảng thông tin sẽ kết nối mười quốc gia bằng các tuyến cáp quang mới dưới đáy biển",
    "th": "ท่าเรือสารสนเทศแห่งนี้จะเชื่อมโยงสิบประเทศด้วยสายเคเบิลใยแก้วนำแสงใต้ทะเลเส้นใหม่",
    "km": "កំពង់ផែព័ត៌មាននេះនឹងតភ្ជាប់ប្រទេសដប់តាមរយៈខ្សែកាបអុបទិកក្រោមបាតសមុទ្រថ្មី",
    "lo": "ທ່າເຮືອຂໍ້ມູນຂ່າວສານນີ້ຈະເຊື່ອມຕໍ່ສິບປະເທດດ້ວຍສາຍເຄເບີນໃຍແກ້ວນຳແສງໃຕ້ທະເລ",
    "my": "သတင်းအချက်အလက်ဆိပ်ကမ်းသည် နိုင်ငံဆယ်နိုင်ငံကို ပင်လယ်အောက်ကေဘယ်ကြိုးဖြင့် ချိတ်ဆက်မည်",
    "fil": "Pag-uugnayin ng daungan ng impormasyon ang sampung bansa gamit ang bagong kable",
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("columns", [10, 24, 72])
def test_lines_fit_and_lose_nothing(language: str, columns: int) -> None:
    """Lines keep to their columns, part no letter from its marks and drop only spaces."""
    lines = wrap(TEXTS[language], columns).split("\n")
    assert all(0 < width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == TEXTS[language].replace(" ", "")
    assert all(unicodedata.category(line[0])[0] != "M" for line in lines)
    assert all(line[0] not in "。，）”" and line[-1] not in "（“เแโใไເແໂໃໄ" for line in lines)


@given(st.text(), st.integers(8, 80))
def test_any_text_wraps(text: str, columns: int) -> None:
    """Wrapping ends and keeps every sign but white space."""
    wrapped = wrap(text, columns, "- ", "  ")
    assert "".join(wrapped.split())[1:] == "".join(text.split())


def test_words_stay_whole_where_spaces_are() -> None:
    """A line breaks at a space where one is near."""
    assert wrap("Forum digelar di Nanning", 16) == "Forum digelar di\nNanning"
    assert wrap("论坛 ASEAN 开幕", 9) == "论坛\nASEAN 开\n幕" or width("论坛 ASEAN") > 9


@given(st.text(), st.integers(1, 40))
def test_cleaned_text_is_one_harmless_line(text: str, limit: int) -> None:
    """Cleaning twice changes nothing; control and direction signs are gone; cuts keep the limit."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not [sign for sign in cleaned if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}]
    cleaned.encode()
    assert len(shorten(text, limit)) <= limit


@pytest.mark.parametrize("language", TEXTS)
def test_cuts_keep_letters_whole(language: str) -> None:
    """A cut text ends before a letter, never between a letter and its marks."""
    text = TEXTS[language]
    for limit in range(2, len(text)):
        kept = shorten(text, limit).removesuffix("…").rstrip()
        rest = text[len(kept) :].lstrip()
        assert text.startswith(kept)
        assert not rest or unicodedata.category(rest[0])[0] != "M"


@settings(max_examples=80)
@given(st.text(max_size=80), st.lists(st.tuples(st.integers(-3, 90), st.integers(-3, 90))))
def test_pieces_make_the_sentence(text: str, hits: list[tuple[int, int]]) -> None:
    """The parts of a short sentence are the cleaned sentence; any offsets are borne."""
    joined = "".join(piece.text for piece in pieces(text, hits, 80))
    assert "".join(joined.split()) == "".join(clean(text).split())


@pytest.mark.parametrize("language", TEXTS)
def test_long_sentences_show_their_hit(language: str) -> None:
    """However long the sentence, its first hit is shown, marked and whole."""
    text = f"{TEXTS[language]} " * 12 + "HARBOR" + f" {TEXTS[language]}" * 12
    start = text.index("HARBOR")
    found = pieces(text, [(start, start + 6)], 200)
    assert [piece.text for piece in found if piece.marked] == ["HARBOR"]
    assert found[0].text == found[-1].text == "…"
    assert sum(len(piece.text) for piece in found) <= 210


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://o.example/read/1?a=b#c", "https://o.example/read/1?a=b#c"),
        ("http://o.example:8080/ข่าว/信息港", "http://o.example:8080/ข่าว/信息港"),
        ("http://127.0.0.1:8000/read/1", "http://127.0.0.1:8000/read/1"),
        ("https://o.example/a'b<c>", "https://o.example/a%27b%3Cc%3E"),
        ("ftp://o.example/", ""),
        ("javascript:alert(1)", ""),
        ("https://o.example@evil.example/", ""),
        ("https://o.example/a b", "https://o.example/a%20b"),
        ("https:///nowhere", ""),
        ("", ""),
    ],
)
def test_links(address: str, link: str) -> None:
    """Web addresses of all scripts are links; other schemes and disguised hosts are none."""
    assert safe_link(address) == link
