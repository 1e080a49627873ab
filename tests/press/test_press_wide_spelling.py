"""Encodings of the wide press: old codecs, headers that lie, Zawgyi."""

from __future__ import annotations

import unicodedata

import icu
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harborwatch.press import wide
from harborwatch.press.wide.spelling import encoded
from harborwatch.press.wide.zawgyi import zawgyi

STORIES = wide.stories()
OUTLETS = {outlet.name: outlet for outlet in wide.outlets()}


def test_encodings_are_those_of_the_old_press():
    """Chinese, Thai, Vietnamese and Latin pages stand in their old encodings, Burmese in Zawgyi."""
    used = {(outlet.plain_language, outlet.encoding) for outlet in OUTLETS.values()}
    assert {("zh", "gb18030"), ("zh", "big5hkscs"), ("th", "cp874"), ("vi", "cp1258"),
            ("fil", "cp1252"), ("en", "cp1252"), ("my", "utf-8")} <= used  # fmt: skip
    declared = {outlet.header for outlet in OUTLETS.values()}
    assert {"", "utf-8", "gbk", "tis-620", "big5-hkscs", "windows-1258"} <= declared
    assert any(outlet.zawgyi for outlet in OUTLETS.values())


@pytest.mark.parametrize(("codec", "narrow"), [("gb18030", "gb2312"), ("big5hkscs", "big5")])
def test_declared_charsets_are_too_narrow(codec, narrow):
    """Some page declared as gb2312 or big5 holds letters that only its wider kin has."""
    bodies = [page.body for page in STORIES if page.encoding == codec]
    assert any(fails(body, narrow) for body in bodies)


def test_headers_lie():
    """Some headers name Latin-1 or UTF-8 over pages in another encoding."""
    lies = [page for page in STORIES if "iso-8859-1" in page.content_type.lower()]
    assert {"utf-8", "gb18030", "big5hkscs", "cp1252"} <= {page.encoding for page in lies}
    false = [page for page in STORIES
             if "charset=utf-8" in page.content_type and page.encoding != "utf-8"]  # fmt: skip
    assert {page.language for page in false} >= {"th", "en"}
    assert all(fails(page.body, "utf-8") for page in false if page.language == "th")


def fails(body, codec):
    try:
        body.decode(codec)
    except UnicodeDecodeError:
        return True
    return False


def test_burmese_turns_to_zawgyi_and_back():
    """ICU's Zawgyi-my gives back every text that was put into Zawgyi code order."""
    back = icu.Transliterator.createInstance("Zawgyi-my")
    ours = [page for page in STORIES if OUTLETS[page.outlet].zawgyi]
    assert ours
    for page in ours:
        assert page.gold.body != page.gold.unicode_body
        assert back.transliterate(page.gold.body) == page.gold.unicode_body
        assert back.transliterate(page.gold.title) == page.gold.unicode_title


def test_elsewhere_unicode_is_what_is_printed():
    """Outside Zawgyi pages both golds are equal, and all are in NFC."""
    for page in STORIES:
        if not OUTLETS[page.outlet].zawgyi:
            assert page.gold.unicode_body == page.gold.body
            assert unicodedata.is_normalized("NFC", page.gold.body)


@given(
    st.text(alphabet="aăâeêioôơuưyđ", min_size=1),
    st.sampled_from(["", *"\u0300\u0301\u0303\u0309\u0323"]),
)
@settings(max_examples=60)
def test_vietnamese_letters_part_and_join(base, tone):
    """Every Vietnamese letter with any tone is written in cp1258 without a reference."""
    word = unicodedata.normalize("NFC", "".join(letter + tone for letter in base if letter != "đ"))
    written = encoded(word, "cp1258")
    assert b"&#" not in written
    assert unicodedata.normalize("NFC", written.decode("cp1258")) == word


@given(st.text(max_size=80))
@settings(max_examples=60)
def test_other_scripts_pass_through_zawgyi(text):
    """Text without Burmese letters stays as it is."""
    plain = "".join(letter for letter in text if not "\u1000" <= letter <= "\u109f")
    assert zawgyi(plain) == plain
