"""The language of questions, by examples that can be tried."""

from dataclasses import dataclass

from sqlalchemy import Connection

from harborwatch.web.asking import Ask
from harborwatch.web.site import Site

#: the message that says what it does, and questions that show it
EXAMPLES = (
    ("word", ("ASEAN", "信息港", "อาเซียน")),
    ("both", ("China ASEAN",)),
    ("either", ("Tiongkok OR China OR Cina",)),
    ("without", ("forum NOT Davos", "forum -Davos")),
    ("group", ("(Tiongkok OR China) forum",)),
    ("phrase", ('"Information Harbor"', "China-ASEAN")),
    ("prefix", ("kerja*", '"Belt and Roa*"')),
    ("case", ("=BRI",)),
    ("affixes", ("~kerja",)),
    ("times", ("{3}ASEAN",)),
    ("near", ("(deal OR pact) NEAR/10 ASEAN",)),
    ("ordered", ("China ONEAR/3 ASEAN",)),
    ("field", ("title:ASEAN", "body:(port OR harbor)")),
    ("outlet", ("outlet:indotelko port",)),
    ("place", ("lang:id", "country:VN")),
    ("days", ("since:2018-09-18 ASEAN", "until:2018-09 ASEAN")),
    ("topic", ("@bri", "@bri/core")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Questions that show one thing, and what it is."""

    what: str
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """The language of questions."""

    examples: tuple[Example, ...]


def language(site: Site, db: Connection, ask: Ask) -> Help:
    """Show the language of questions by examples."""
    del site, db
    return Help(
        examples=tuple(
            Example(what=ask.wording(f"help.{name}"), queries=queries)
            for name, queries in EXAMPLES
        )
    )
