"""What the press writes many ways is one, and can be found again in the original."""

import random
import unicodedata

import icu
import pytest
import query_worlds as worlds
from hypothesis import given, settings
from hypothesis import strategies as st

from query import fold, index_text, tokens
from query.seams import POINT
from query.tokens import BREAK

SAME = [
    ("China-ASEAN", "China – ASEAN"),
    ("China—ASEAN", "CHINA ASEAN"),
    ("China - ASEAN", "china‑asean"),
    ("ＣＡＩＨ　２０１８", "caih 2018"),
    ("CAEXPO2023", "Caexpo 2023"),
    ("China’s ports", "China ports"),
    ("Jum‘at", "Jumat"),
    ("infor\u00admation", "information"),
    ("\u202bChina\u202c", "China"),
    ("Chi\x00na", "Chi\ud800na"),
    ("Trung Quốc", "Trung Quo\u0302\u0301c"),
    ("Diễn đàn", "DIỄN ĐÀN"),
    ("中国—东盟", "中國－東盟"),
    ("中国-东盟", "中国东盟"),
    ("中国一东盟信息港", "中国 — 东盟信息港"),
    ("東盟一中國", "东盟中国"),
    ("中国·东盟", "中国・东盟"),
    ("“中国—东盟信息港”论坛", "中国东盟信息港论坛"),
    ("21世纪“海上丝绸之路”", "21世纪海上丝绸之路"),
    ("《一带一路》", "一帶一路"),
    ("乾坤", "干坤"),
    ("第２０届", "第20届"),
    ("จีน - อาเซียน", "จีนอาเซียน"),
    ("จีน-อาเซียน", "จีน–อาเซียน"),
    ("ข้อมูล\u200bข่าวสาร", "ข้อมูลข่าวสาร"),
    ("น้ำ", "นํ้า"),
    ("ท่ี", "ที่"),
    ("แผน", "เเผน"),
    ("๑๘ กันยายน ๒๕๖๖", "18 กันยายน 2566"),
    ("ຈີນ-ອາຊຽນ", "ຈີນ - ອາຊຽນ"),
    ("ໜອງຄາຍ", "ຫນອງຄາຍ"),
    ("ຫຼວງພະບາງ", "ຫລວງພະບາງ"),
    ("ນ້ຳ", "ນໍ້າ"),
    ("ແຜນ", "ເເຜນ"),
    ("໑໘", "18"),
    ("ចិន-អាស៊ាន", "ចិន អាស៊ាន"),
    ("កម្ពុ\u200bជា", "កម្ពុជា"),
    ("កម្ដៅ", "កម្តៅ"),
    ("ស្រ្តី", "ស្ត្រី"),
    ("កើត", "កេីត"),
    ("១៣", "13"),
    ("တရုတ်-အာဆီယံ", "တရုတ်အာဆီယံ"),
    ("ဘ၀", "ဘဝ"),
    ("၂၀၂၅", "2025"),
    ("ျမန္မာႏိုင္ငံ အာဆီယံ", "မြန်မာနိုင်ငံ အာဆီယံ"),
    ("ေန့လယ္ တတ္သည္။", "နေ့လယ် တတ်သည်။"),
    ("နေ့လယ်", "နေ့လယ်"),
    ("20.000 orang", "20,000 orang"),
    ("20.000 orang", "20000 orang"),
    ("二万（20，000）", "二万（20000）"),
    ("Rp1.234,50", "Rp 1,234.50"),
    ("1.5 million", "1,5 million"),
    ("๑,๕๐๐", "1500"),
    ("we'll go", "we go"),
    ("they’re here", "they here"),
    ("Tsina’y bansa", "Tsina bansa"),
    ("siya't ako", "siya ako"),
    ("ano'yan", "ano"),
    ("Xi´an", "Xian"),
    ("Hòa Bình, Thủy", "Hoà Bình, Thuỷ"),
    ("HÒA", "HOÀ"),
    ("hòa2018", "hoà 2018"),
    ("Ðông", "Đông"),
    ("衞星", "卫星"),
    ("นำ้", "น้ำ"),
    ("ນຳ້", "ນ້ຳ"),
    ("中国\n东盟", "中国东盟"),
    ("中国\r\n东盟", "中国东盟"),
    ("Pagtutulungan ng Tsina-ASEAN", "pagtutulungan ng Tsina ASEAN"),
    ("Pelabuhan Maklumat China–ASEAN", "pelabuhan maklumat CHINA-ASEAN"),
]
APART = [
    ("中。国", "中国"),
    ("中、国", "中国"),
    ("ក។ ខ", "ក ខ"),
    ("မြန်မာ။ အာဆီယံ", "မြန်မာအာဆီယံ"),
    ("BRIN", "BRI"),
    ("Quốc", "Quoc"),
    ("一东盟", "东盟"),
    ("10", "100"),
    ("1.5", "15"),
    ("1.5", "1 5"),
    ("1,500", "1 500"),
    ("0,500", "500"),
    ("2018.5", "20185"),
    ("we'll", "well"),
    ("she'd", "shed"),
    ("Sa'd", "Sa"),
    ("can't", "can"),
    ("iba't", "ibat"),
    ("mà", "ma"),
    ("hoà", "hoa"),
    ("mùa", "muà"),
    ("quý", "qui"),
    ("lòe", "loe"),
    ("中国\n\n东盟", "中国东盟"),
    ("中国\r\n\r\n东盟", "中国东盟"),
    ("ລາວ\n \nອາຊຽນ", "ລາວອາຊຽນ"),
    ("中国\u2029东盟", "中国东盟"),
    ("2015，16年", "2015.16年"),
]
#: text, word, whether the word's letters stand in the text
INSIDE = [
    ("参加中国—东盟信息港论坛", "信息港", True),
    ("การประชุมอาเซียนครั้งที่ 3", "อาเซียน", True),
    ("ເວລາວັນທີ", "ລາວ", False),
    ("ປະເທດລາວ", "ລາວ", True),
    ("ប្រទេសចិននិងអាស៊ាន", "ចិន", True),
    ("ចិន្តា", "ចិន", False),
    ("မြန်မာ့စီးပွားရေး", "မြန်မာ", True),
    ("ลาวาไหล", "ลาว", False),
    ("ประเทศลาวไหม", "ลาว", True),
    ("แผล", "ผล", False),
    ("ລາວາ", "ລາວ", False),
    ("ສິລາວ", "ລາວ", True),
    ("ວຽງຈັນ", "ວ", False),
    ("နေ့", "နေ", False),
    ("ထိုနေ့", "နေ့", True),
    ("လူ့အခွင့်အရေး", "လူ", True),
    ("ကျောက်ဖြူ့ဆိပ်ကမ်း", "ကျောက်ဖြူ", True),
    ("တော့", "တော", False),
    ("1,500", "500", False),
    ("18.9.2018", "2018", True),
    ("Sept 15,2016", "2016", True),
    ("1,2,3", "2", True),
    ("12.5", "5", False),
    ("pada 1.500.", "1500", True),
    ("machine", "mac", False),
]


def words(text: str) -> list[str]:
    return index_text(text).split()


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_meet(one: str, other: str) -> None:
    """What is written in two ways folds to the same tokens."""
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    """Folding never makes one of two things."""
    assert words(one) != words(other)


@pytest.mark.parametrize(("text", "word", "inside"), INSIDE)
def test_a_name_is_found_at_edges_of_letters(text: str, word: str, inside: bool) -> None:
    """Names are found inside running text, but never in half a letter or word."""
    assert (f" {' '.join(words(word))} " in f" {' '.join(words(text))} ") is inside


MIXED = st.text(
    st.sampled_from(
        [*"aB9é' -’“”.,。，中國东盟一กำ้เาລາວັຽເຫຼນកើ្តမြန်မာ့၀\n\r\u200b\u00ad\ud800\x00🙂ﬁ", "\u0301"]
    )
    | st.sampled_from([*"15,.0´\u02ccòaoàuỷyÐ\u2029နေ့ူေ့"])
    | st.characters(),
    max_size=40,
)
#: words and numbers at their seams, which single letters seldom make
SEAMS = "hòa|hoà|òa|n|1,5|1.500|0|,000|.|\u02cc|'s|'y|i'd|´t|中|，|\r\n|\n\n|\u2029|ก|ำ|า|้|แ|ວ|ຽ|မာ|့|်|ေ| |-"
SEAMED = st.lists(st.sampled_from(SEAMS.split("|")), max_size=12).map("".join)


@settings(max_examples=400, deadline=None)
@given(MIXED | SEAMED)
def test_folding_folds_once(text: str) -> None:
    """Tokens fold and split to themselves."""
    for token in tokens(fold(text)):
        if token.text != BREAK:
            assert [one.text for one in tokens(fold("\u2060" + token.text))] == [token.text]


@settings(max_examples=400, deadline=None)
@given(MIXED | SEAMED)
def test_every_token_is_found_again_in_the_original(text: str) -> None:
    """original() gives spans in order inside the text, whose own tokens hold the token."""
    folded, reached = fold(text), 0
    for token in tokens(folded):
        start, end = folded.original(token.start, token.end)
        assert 0 <= start < end <= len(text)
        assert start >= reached
        reached = start
    assert folded.original(0, len(folded.text))[1] <= len(text)


def a_passage(seed: int, language: str) -> str:
    return worlds.passage(random.Random(seed), [language], 8)[0]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(sorted(worlds.WORDS)))
def test_the_original_of_a_span_holds_the_same_words(seed: int, language: str) -> None:
    """Folding the original of some tokens gives these tokens again, at edges of letters."""
    text = a_passage(seed, language)
    folded = fold(text)
    found = tokens(folded)
    characters = icu.BreakIterator.createCharacterInstance(icu.Locale.getRoot())
    characters.setText(text)
    edges = {0, *characters}
    for first in range(len(found)):
        last = min(len(found), first + 3)
        start, end = folded.original(found[first].start, found[last - 1].end)
        assert {start, end} <= edges
        part = [token.text for token in tokens(fold("\u2060" + text[start:end]))]
        expected = [token.text for token in found[first:last]]
        assert [w for w in part if w != BREAK] == [w for w in expected if w != BREAK]


def test_zawgyi_is_found_again_by_letters() -> None:
    """Words in Zawgyi are shown as the story writes them, not whole lines."""
    text = "ျမန္မာႏိုင္ငံ အာဆီယံ"
    folded = fold(text)
    word = next(token for token in tokens(folded) if token.text.startswith("အာ"))
    start, _ = folded.original(word.start, word.end)
    assert text[start:].startswith("အာ")


def test_a_span_outside_the_text_is_refused() -> None:
    """original() says so when a span is not one of its text."""
    with pytest.raises(ValueError, match="outside"):
        fold("abc").original(2, 9)


def test_each_made_up_word_gives_the_letters_parted_by_hand() -> None:
    """Tokens are the letters with their marks that a reader of the language sees."""
    for word in (word for listed in worlds.WORDS.values() for word in listed):
        parts = word.replace("|", " ").split(" ")
        plain = [worlds.NUMBERS.get(part, part.lower()) for part in parts]
        expected = [unicodedata.normalize("NFKC", part) for part in plain]
        assert [one.replace(POINT, ".") for one in words(word.replace("|", ""))] == expected
    for word, twin in worlds.TWINS.items():
        assert words(twin) == words(word)


@settings(max_examples=500, deadline=None)
@given(
    st.text(
        "ກກน\u0ec9\u0ecd\u0eb2\u0eb3\u0eb5\u0eb8\u0ecc\u0e49\u0e4d\u0e32\u0e33\u0e34", max_size=8
    )
)
def test_any_heap_of_thai_and_lao_marks_folds_once_and_for_all(text: str) -> None:
    """Folding what was folded changes nothing, in whatever order marks were typed."""
    once = fold(text).text
    assert fold(once).text == once
