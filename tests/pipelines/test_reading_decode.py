import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.decoding.decode import decode

ZH = (
    "南宁举行的论坛在九月十三日开幕，来自中国和东盟各国的代表就数字经济的发展与合作进行了交流，双方签署了多个项目。"
    * 3
)
ZH_HANT = (
    "論壇在九月十三日開幕，來自中國和東盟各國的代表就數位經濟的發展與合作進行了交流，雙方簽署了多個項目。"
    * 3
)
TH = "การประชุมจัดขึ้นที่นครหนานหนิงเมื่อวันที่ 13 กันยายน โดยมีผู้แทนจากจีนและอาเซียนเข้าร่วม" * 3
VI = "Diễn đàn khai mạc tại Nam Ninh với sự tham dự của các đại biểu đến từ Trung Quốc và ASEAN"
EN = "The forum’s opening in Nanning – with café talks – drew delegates"


def _vietnamese(text):
    # windows-1258 writes the tone as a mark of its own behind the letter.
    import unicodedata

    out = []
    for letter in text:
        base = unicodedata.normalize("NFD", letter)
        tone = [mark for mark in base if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = unicodedata.normalize("NFC", "".join(mark for mark in base if mark not in tone))
        out.append(rest + "".join(tone))
    return "".join(out)


PAIRS = [
    (ZH, "gb18030", "gb2312"), (ZH, "gbk", "gbk"), (ZH_HANT, "big5", "big5"), (ZH_HANT, "big5hkscs", "big5-hkscs"),
    (TH, "cp874", "tis-620"), (TH, "cp874", "windows-874"), (TH, "iso8859-11", "iso-8859-11"),
    (_vietnamese(VI), "cp1258", "windows-1258"), (EN, "cp1252", "windows-1252"),
    (ZH, "utf-8", "utf-8"), (TH, "utf-8", "utf-8"), ("ການປະຊຸມທີ່ນະຄອນໜານໜິງ", "utf-8", "utf-8"),
    ("វេទិកានៅទីក្រុងណាននីង", "utf-8", "utf-8"), ("နန်နင်းမြို့တွင် ဖိုရမ်", "utf-8", "utf-8"), (VI, "utf-8", "utf-8"),
]  # fmt: skip


def header(text, codec, name):
    return text.encode(codec), f"text/html; charset={name}"


def meta(text, codec, name):
    return f'<meta charset="{name}">'.encode() + text.encode(codec), "text/html"


def http_equiv(text, codec, name):
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={name}">'
    return head.encode() + text.encode(codec), "text/html"


def nothing(text, codec, name):
    return text.encode(codec), ""


def lying(text, codec, name):
    return text.encode(codec), "text/html; charset=ISO-8859-1"


@pytest.mark.parametrize("situation", [header, meta, http_equiv, nothing, lying])
@pytest.mark.parametrize(("text", "codec", "name"), PAIRS)
def test_every_encoding_is_read_in_every_situation(text, codec, name, situation):
    """Declared in header or meta, not declared, or declared as Latin-1: the letters come out right."""
    body, content_type = situation(text, codec, name)
    assert decode(body, content_type)[0].endswith(text)


#: What servers declare of pages that are something else.
LIES = ["iso-8859-1", "windows-1252", "utf-8", "gb2312", "big5", "tis-620", "windows-1258"]
MS = "KOTA KINABALU – “Talian ketiga siap,” kata menteri itu. Syarikat Société Générale Réseaux membekalkan kabel £38 juta."


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize(
    ("text", "codec"),
    [(ZH, "gb18030"), (ZH_HANT, "big5hkscs"), (TH, "cp874"), (_vietnamese(VI), "cp1258"), (MS, "cp1252")],
)  # fmt: skip
def test_a_declaration_that_the_letters_contradict_is_passed_over(text, codec, lie):
    """Whatever encoding the header claims, a page of text comes out in its own."""
    body = b"<html><body><p>" + text.encode(codec) + b"</p></body></html>"
    assert text in decode(body, f"text/html; charset={lie}")[0]


@pytest.mark.parametrize(
    "headline", ["Café di Hội An", "Harga kopi naik 5 %", "“Kami siap” – Menteri"]
)
@pytest.mark.parametrize("content_type", ["", "text/html; charset=windows-1252"])
def test_a_few_western_letters_are_not_thai(headline, content_type):
    """One accent or a pair of quotes in a plain text is Western, declared or not."""
    wide = headline.replace("ộ", "o")
    assert (
        decode(f"<title>{wide}</title>".encode("cp1252"), content_type)[0]
        == f"<title>{wide}</title>"
    )


@pytest.mark.parametrize(("text", "codec"), [(ZH, "utf-8"), (ZH, "gb18030"), (ZH_HANT, "big5")])
def test_half_a_letter_at_the_end_is_left_out(text, codec):
    """A page cut inside its last letter gives the letters before it and no replacement."""
    found = decode(text.encode(codec)[:-1], "")[0]
    assert "\ufffd" not in found
    assert text.startswith(found)
    assert len(found) >= len(text) - 2


@pytest.mark.parametrize("text", [ZH, TH, VI])
def test_a_cut_letter_does_not_change_the_encoding(text):
    """UTF-8 that is cut within a letter, at the end or in the middle, stays UTF-8."""
    raw = (text * 3).encode()
    for broken in (raw[:-1], raw[:100] + raw[101:]):
        found, name = decode(broken, "text/html")
        assert name == "utf-8"
        assert found.count("\ufffd") <= 3


def test_bom_goes_first():
    """A byte order mark overrules what is declared."""
    assert decode("\ufeff信息港".encode("utf-16-le"), "text/html; charset=big5")[0] == "信息港"
    assert decode(b"\xef\xbb\xbf" + "信息港".encode(), "")[0] == "信息港"


@settings(max_examples=150)
@given(
    body=st.binary(max_size=200),
    name=st.sampled_from(["", "utf-8", "hex", "rot13", "utf-16", "idna", "no such"]),
)
def test_any_bytes_become_text(body, name):
    """No bytes and no declaration break the decoding."""
    text, used = decode(body, f"text/html; charset={name}")
    assert isinstance(text, str)
    assert used
