"""When a page is not taken as a story, and for which reason."""

import re

from news import Refused
from pipelines.reading.phrases import asks_consent

#: Weighted letters (see `weight`) below which a text is no story.
_SHORTEST = 80
#: Only short pages are refused for what they say: a story may be about cookies.
_SHORT = 900
_ERROR = re.compile(
    r"\b404\b|\b(?:403|500|502|503)\b.*error|page (?:was )?not found|page (?:you|does not exist)|"
    r"halaman (?:yang .{0,30})?tidak ditemukan|halaman tidak dijumpai|"
    r"không tìm thấy trang|trang không tồn tại|ไม่พบหน้า|页面不存在|找不到页面|找不到網頁|頁面不存在|"
    r"រកមិនឃើញទំព័រ|ບໍ່ພົບໜ້າ|စာမျက်နှာ(?:ကို)? ?(?:ရှာ)?မတွေ့|"
    r"hindi (?:nahanap|natagpuan|makita|matagpuan) ang pahina|"
    r"access denied|forbidden|service unavailable|bad gateway|internal server error",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (?:and our partners )?use cookies|accept (?:all )?cookies|cookie consent|"
    r"just a moment|checking your browser|verify (?:that )?you are (?:a )?human|enable javascript|"
    r"javascript is (?:disabled|required)|are you a robot|kami menggunakan kuki|menggunakan cookie|"
    r"chúng tôi sử dụng cookie|เว็บไซต์นี้ใช้คุกกี้|我们使用cookie|請啟用javascript|请启用javascript",
    re.IGNORECASE,
)
_NO_HTML = re.compile(
    r"^\s*(?:image|audio|video|font)/|^\s*application/(?!xhtml|xml|octet-stream|x-httpd)",
    re.IGNORECASE,
)
_MAGIC = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"RIFF",
    b"\x1f\x8b",
    b"{",
    b"[",
)
_DENSE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def weight(text: str) -> int:
    """Return the length of a text in Latin letters: a Chinese character is worth three."""
    return len(text) + 2 * len(_HAN.findall(text))


def check_bytes(body: bytes, content_type: str) -> None:
    """Raise Refused("not-html") for what is no page, Refused("no-body") for nothing at all."""
    if not body.strip():
        raise Refused("no-body", "the answer is empty")
    if _NO_HTML.search(content_type) or body.lstrip()[:8].startswith(_MAGIC):
        raise Refused("not-html", content_type or repr(body[:8]))


def check_story(title: str, text: str) -> None:
    """Raise Refused where the text read from a page is no story, with the reason.

    Reasons: no-body, error-page, consent-page, numbers-only, too-short.
    """
    size = weight(text)
    if _only_numbers(text):
        raise Refused("numbers-only", text[:120])
    if size < _SHORT:
        # Said in the title, or in a text that holds little else.
        for pattern, reason in ((_ERROR, "error-page"), (_CONSENT, "consent-page")):
            if pattern.search(title) or (size < _SHORT / 2 and pattern.search(text)):
                raise Refused(reason, f"{title} / {text[:120]}")
        if size < _SHORT / 2 and asks_consent(text):
            raise Refused("consent-page", f"{title} / {text[:120]}")
    if not text.strip():
        raise Refused("no-body", title[:120])
    if size < _SHORTEST:
        raise Refused("too-short", f"{len(text)} characters: {text[:120]}")


def check_further(title: str, text: str) -> None:
    """Raise Refused as check_story does, but not where the text is short: a last page may be."""
    try:
        check_story(title, text)
    except Refused as refused:
        if refused.reason != "too-short":
            raise


def _only_numbers(text: str) -> bool:
    # Thai, Lao, Khmer and Burmese vowels are marks, not letters; count them too.
    letters = sum(letter.isalpha() for letter in text) + len(_DENSE.findall(text)) // 3
    digits = sum(letter.isdigit() for letter in text)
    return digits > letters
