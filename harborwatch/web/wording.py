"""What the page says, in the reader's language: one TOML file of messages for each.

A message is a text, or a pair (for one, for others); `{name}` is filled in.
The stories' own texts always stay as they were written.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alerts.words.counted import counted
from news.saying import said_in

Message = str | tuple[str, str]

#: the interface's languages, the one for everybody else first
LANGUAGES = ("en", "id", "zh")
#: languages whose readers are helped more by another than by English
_NEAR = {"ms": "id", "in": "id", "jv": "id", "su": "id", "yue": "zh", "nan": "zh"}
_FOLDER = Path(__file__).parent / "messages"
#: what /explain says, which stands in English in the code
_SENTENCES = Path(__file__).parent / "sentences"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The messages of one language."""

    #: for the `lang` attribute
    language: str
    messages: Mapping[str, Message]
    #: sentences of `news.saying` by their English patterns; empty for English
    sentences: Mapping[str, str]

    def said(self, text: str) -> str:
        """Return a sentence in this language; what is none stays as it was written."""
        return said_in(self.sentences, text)

    def __call__(self, key: str, *, count: int | None = None, **values: object) -> str:
        """Return a message. Raises KeyError where there is none of that name."""
        message = self.messages[key]
        if isinstance(message, tuple):
            message = message[count != 1]
        if count is not None:
            values["count"] = f"{count:,}"
        return message.format(**values)

    def name(self, kind: str, code: str) -> str:
        """Return the name of a language, country, state …; the code where it has none."""
        found = self.messages.get(f"{kind}.{code}", code)
        return found if isinstance(found, str) else found[0]


@cache
def wording(language: str) -> Wording:
    """Return the messages of a language. Raises KeyError where the interface has it not."""
    if language not in LANGUAGES:
        raise KeyError(language)
    tables = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
    return Wording(
        language=language,
        sentences=_sentences(language),
        messages={
            f"{group}.{name}": tuple(said) if isinstance(said, list) else said
            for group, table in tables.items()
            for name, said in table.items()
        },
    )


def _sentences(language: str) -> Mapping[str, str]:
    """Return the sentences of a language and the words that stand in them."""
    if language == LANGUAGES[0]:
        return {}
    tables = tomllib.loads((_SENTENCES / f"{language}.toml").read_text("utf-8"))
    return {**counted(language), **tables["word"], **tables["sentence"]}


def chosen(asked: Sequence[str], accepted: str) -> str:
    """Return the first language asked for that the interface has, else by Accept-Language."""
    for language in [*asked, *_by_weight(accepted)]:
        base = language.lower().replace("_", "-").split("-")[0]
        base = _NEAR.get(base, base)
        if base in LANGUAGES:
            return base
    return LANGUAGES[0]


def _by_weight(accepted: str) -> list[str]:
    """Return the languages of an Accept-Language header (RFC 9110, section 12.5.4), best first."""
    weighed = []
    for part in accepted[:500].split(","):
        tag, _, weight = part.strip().partition(";")
        weighed.append((-_weight(weight), tag.strip()))
    return [tag for weight, tag in sorted(weighed, key=lambda one: one[0]) if tag and weight < 0]


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
