"""Templates: Jinja2, everything escaped, foreign texts cleaned, a name that is missing is an error."""

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from alerts.clean import clean, language_tag, safe_link, shorten
from harborwatch.story_trail import because
from harborwatch.web.burmese import burmese, burmese_changes, burmese_parts
from news.facts import NAMES
from news.saying import word

_HERE = Path(__file__).parent
STATIC = _HERE / "static"

#: stories of an export; the command `search --export` has no end
EXPORT_MOST = 10_000


def environment() -> Environment:
    """Return what renders the pages."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "clean": clean,
        "link": safe_link,
        "tag": language_tag,
        "when": when,
        "day": day,
        "number": lambda n: f"{n:,}",
        "brief": brief,
        "burmese": burmese,
        "burmese_parts": burmese_parts,
        "burmese_changes": burmese_changes,
        # Sentences, for `t.said`: why a story joined its event, and a word of ours.
        "because": because,
        "said": word,
        "atname": lambda topic: f"@{topic}",
    }
    made.globals["static"] = marks()
    made.globals["export_most"] = EXPORT_MOST
    # Facts that are names of the gazetteer, which calls them in English.
    made.globals["NAMES"] = NAMES
    return made


def brief(text: str, limit: int) -> str:
    """Return a text cut to so many columns: Chinese letters take two."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text[:limit])
    return shorten(text, limit // 2 if 2 * wide > min(limit, len(text)) else limit)


def when(at: datetime | None) -> Markup:
    """Return a moment in UTC, to the minute, for people and for programs."""
    if at is None:
        return Markup("")
    moment = at.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(
        f"{moment:%Y-%m-%dT%H:%M:%SZ}", f"{moment:%Y-%m-%d %H:%M}"
    )


def day(at: datetime | date) -> Markup:
    """Return a day in UTC."""
    shown = at.astimezone(UTC).date() if isinstance(at, datetime) else at
    return Markup('<time datetime="{0}">{0}</time>').format(escape(shown.isoformat()))


def marks() -> Mapping[str, str]:
    """Return the addresses of the static files, each with a mark of its content.

    So they may be kept for ever: a changed file has another address.
    """
    return {
        path.name: f"/static/{hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()}/{path.name}"
        for path in STATIC.iterdir()
    }
