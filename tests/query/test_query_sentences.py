"""The sentence shown round some words."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import cut_sentence, sentence_around
from query.sentences import LONGEST, sentences


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("Hujan turun. Forum dibuka di Nanning. Selesai.", "Nanning", "Forum dibuka di Nanning."),
        ("Majlis bermula!\nTetamu tiba.", "Tetamu", "Tetamu tiba."),
        (
            "On Sept. 14 Mr. Li of U.S. Co. spoke. He left.",
            "spoke",
            "On Sept. 14 Mr. Li of U.S. Co. spoke.",
        ),
        ('"Bukas na," sabi niya. Dumating sila.', "sabi", '"Bukas na," sabi niya.'),
        ("Trời mưa. Lễ khai mạc ở Nam Ninh? Xong.", "Nam Ninh", "Lễ khai mạc ở Nam Ninh?"),
        ("下雨了。论坛在南宁开幕！结束。", "南宁", "论坛在南宁开幕！"),
        ("“开幕了。”他说。", "开幕", "“开幕了。”"),
        ("ភ្លៀង។ វេទិកាបើកនៅណាននីង។ ចប់។", "ណាននីង", "វេទិកាបើកនៅណាននីង។"),
        ("မိုးရွာ။ ဖိုရမ်ကို နန်နင်းတွင် ဖွင့်သည်။ ပြီး။", "နန်နင်း", "ဖိုရမ်ကို နန်နင်းတွင် ဖွင့်သည်။"),
        ("ฝนตก\nเปิดการประชุมที่หนานหนิง วันนี้\nจบ", "หนานหนิง", "เปิดการประชุมที่หนานหนิง วันนี้"),
        ("ຝົນຕົກ\nເປີດກອງປະຊຸມຢູ່ໜານໜິງ\nຈົບ", "ໜານໜິງ", "ເປີດກອງປະຊຸມຢູ່ໜານໜິງ"),
        ("Nilai 3.5 miliar dan naik. Ya.", "miliar", "Nilai 3.5 miliar dan naik."),
    ],
)
def test_a_sentence_ends_where_its_language_says(text: str, words: str, sentence: str) -> None:
    """The sentence is found in each of the ten languages."""
    at = text.index(words)
    start, end = sentence_around(text, at, at + len(words))
    assert text[start:end] == sentence


@pytest.mark.parametrize(
    "filler",
    [
        "kata panjang sekali, ",
        "การประชุมความร่วมมือ ",
        "การประชุมความร่วมมือระหว่างประเทศ",
        "各国代表参加了会议",
        "ກອງປະຊຸມ",
        "វេទិកា",
        "ဖိုရမ်",
    ],
)
def test_a_long_sentence_is_cut_at_word_edges(filler: str) -> None:
    """A cut sentence is short, holds the words, and cuts no word in two."""
    text = f"{filler * 40}ASEAN{filler * 40}"
    at = text.index("ASEAN")
    start, end = sentence_around(text, at, at + 5)
    assert start <= at < at + 5 <= end
    assert LONGEST // 2 < end - start <= LONGEST
    if " " in filler:
        assert text[start - 1] in " ," or text[start] == " "
        assert text[end] in " ,"


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab .。\n中ก้ำ🙂"), min_size=1, max_size=700), st.data())
def test_the_words_are_always_in_their_sentence(text: str, data: st.DataObject) -> None:
    """The span holds the words and is no longer than it must be."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 30)))
    first, last = sentence_around(text, start, end)
    assert 0 <= first <= start < end <= last <= len(text)
    assert last - first <= LONGEST


def test_a_span_outside_the_text_is_refused() -> None:
    """A span that is not one of the text says so."""
    with pytest.raises(ValueError, match="outside"):
        sentence_around("abc", 2, 7)


@given(st.text(alphabet="ab 。.\n?ลง中國Mr", max_size=600))
def test_sentences_are_the_whole_text_in_order(text: str) -> None:
    """One after the other, none twice, and nothing but white space is left out."""
    spans = list(sentences(text))
    assert all(begin < end for begin, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = "".join(text[begin:end] for begin, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Satu kalimat. Dua kalimat?  Tiga", ["Satu kalimat.", "Dua kalimat?", "Tiga"]),
        ("第一句。第二句！第三", ["第一句。", "第二句！", "第三"]),
        ("ទីមួយ។ ទីពីរ។", ["ទីមួយ។", "ទីពីរ។"]),
        ("ပထမ။ ဒုတိယ။", ["ပထမ။", "ဒုတိယ။"]),
        ("Dr. Ani datang.\n\nSelesai", ["Dr. Ani datang.", "Selesai"]),
    ],
)
def test_a_text_in_sentences(text: str, found: list[str]) -> None:
    """Sentences end where sentence_around ends them."""
    assert [text[begin:end] for begin, end in sentences(text)] == found


_LONG = {
    "id": "pelabuhan dan jalan raya " * 30, "vi": "cảng biển và đường bộ " * 30,
    "zh": "港口与公路的合作项目，" * 60, "th": "ท่าเรือและถนนของอาเซียน" * 40,
    "lo": "ທ່າເຮືອແລະຖະໜົນຂອງອາຊຽນ" * 40, "my": "ဆိပ်ကမ်းနှင့် လမ်းများ " * 40,
    "km": "កំពង់ផែ និង ផ្លូវថ្នល់ " * 40, "en": "the harbor and the road " * 30,
}  # fmt: skip


@pytest.mark.parametrize("language", _LONG)
def test_a_sentence_that_goes_on_says_so(language: str) -> None:
    """A part of a long sentence has "…" where the sentence goes on, and nowhere else."""
    text = _LONG[language].strip()
    parts = [cut_sentence(text, *part) for part in sentences(text)]
    assert len(parts) > 2
    assert [one.startswith("…") for one in parts] == [False] + [True] * (len(parts) - 1)
    assert [one.endswith("…") for one in parts] == [True] * (len(parts) - 1) + [False]


def test_a_whole_sentence_is_quoted_as_it_stands() -> None:
    """Sentences that are whole get no mark, beside others and long ones too."""
    text = (
        "Hujan turun. Forum dibuka di Nanning! "
        + _LONG["id"].strip()
        + ".\n下雨了。论坛在南宁开幕。"
    )
    whole = [cut_sentence(text, *part) for part in sentences(text)]
    assert whole[:2] == ["Hujan turun.", "Forum dibuka di Nanning!"]
    assert whole[-2:] == ["下雨了。", "论坛在南宁开幕。"]
