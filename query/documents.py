"""A story made ready for questions: folded and split once, asked many times."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from query.affixes import is_affixed
from query.amounts import Ranged
from query.folding import Folded, fold
from query.syntax import Field
from query.terms import Term, written
from query.tokens import Split, split

Span = tuple[int, int]


class FieldText:
    """The headline or the body: its tokens and where each of them stands.

    All of it is made when it is first asked for.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def source(self) -> str:
        """The text as it was given."""
        return self._text

    @cached_property
    def folded(self) -> Folded:
        """The folded text, with the way back."""
        return fold(self._text)

    @cached_property
    def split(self) -> Split:
        """The tokens, and where they stand in the folded text."""
        return split(self.folded)

    @cached_property
    def words(self) -> list[str]:
        """The tokens alone."""
        return self.split.words

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The places of each token, counted in tokens."""
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            places.setdefault(word, []).append(place)
        return places

    def places_of(self, token: str) -> Sequence[int]:
        """Return where a token stands."""
        return self.places.get(token, ())

    @cached_property
    def vocabulary(self) -> list[str]:
        """The different tokens in order, for prefixes."""
        return sorted(self.places)

    def has_token(self, token: str) -> bool:
        """Say whether a token stands here."""
        return token in self.places

    def has(self, term: Term) -> bool:
        """Say whether the term stands here."""
        if len(term.tokens) == 1 and not (term.prefix or term.cased or term.affixed):
            return self.has_token(term.tokens[0])
        return bool(self.spans(term))

    def spans(self, term: Term) -> list[Span]:
        """Return where the term stands, as (first token, one after the last)."""
        starts = self._starts(term)
        size = len(term.tokens)
        if term.cased:
            return [(at, at + size) for at in starts if self._is_cased(term, at)]
        return [(at, at + size) for at in starts]

    def original(self, span: Span) -> Span:
        """Return the characters of the original text that tokens stand for."""
        found = self.split
        return self.folded.original(found.starts[span[0]], found.ends[span[1] - 1])

    def apart(self, term: Term) -> list[Span]:
        """Return as many places of the term as share no token, from the start on."""
        kept: list[Span] = []
        for span in self.spans(term):
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def _starts(self, term: Term) -> Sequence[int]:
        if term.affixed:
            return self._affixed(term.tokens[0])
        lists: list[Sequence[int]] = []
        for token in term.tokens[:-1] if term.prefix else term.tokens:
            places = self.places_of(token)
            if not places:
                return []  # most terms end here, mostly at their first token
            lists.append(places)
        if term.prefix:
            lists.append(self._beginning_with(term.tokens[-1]))
        if len(lists) == 1:
            return lists[0]
        # From the rarest token; the others are looked up in the text itself.
        rarest = min(range(len(lists)), key=lambda index: len(lists[index]))
        return [at - rarest for at in lists[rarest] if self._follows(term, at - rarest)]

    def _affixed(self, root: str) -> list[int]:
        # Every form holds the root without its first letter: a quick way past the rest.
        core = root[1:]
        forms = [word for word in self.places if core in word and is_affixed(root, word)]
        return sorted(at for form in forms for at in self.places[form])

    def _beginning_with(self, prefix: str) -> list[int]:
        words, at = self.vocabulary, bisect_left(self.vocabulary, prefix)
        found: list[int] = []
        while at < len(words) and words[at].startswith(prefix):
            found += self.places[words[at]]
            at += 1
        return sorted(found)

    def _follows(self, term: Term, at: int) -> bool:
        last = at + len(term.tokens) - 1
        words = self.words
        if at < 0 or last >= len(words):
            return False
        end = words[last]
        if not (end.startswith(term.tokens[-1]) if term.prefix else end == term.tokens[-1]):
            return False
        return all(words[at + n] == token for n, token in enumerate(term.tokens[:-1]))

    def _is_cased(self, term: Term, at: int) -> bool:
        texts = [written(self.folded, token) for token in self.split.at(at, len(term.cased))]
        if term.prefix:
            texts[-1] = texts[-1][: len(term.cased[-1])]
        return tuple(texts) == term.cased


class HeldText(FieldText):
    """A field whose tokens were kept when it was indexed; it is folded only for its offsets."""

    def __init__(self, text: str, held: str) -> None:
        """Take a text and what `index_text` made of it, by today's folding."""
        super().__init__(text)
        self._held = f" {held} "

    @cached_property
    def words(self) -> list[str]:
        """The tokens alone."""
        return self._held.split()

    def has_token(self, token: str) -> bool:
        """Say whether a token stands here."""
        return f" {token} " in self._held

    def places_of(self, token: str) -> Sequence[int]:
        """Return where a token stands.

        Few tokens are asked of a held text, so that they are looked for one by
        one: that takes a tenth of what it takes to write down the places of all.
        """
        places: list[int] = []
        if self.has_token(token):
            at = -1
            for _ in range(self.words.count(token)):
                at = self.words.index(token, at + 1)
                places.append(at)
        return places


#: headlines and bodies kept ready: those of the story that the stages have in hand,
#: with room for what a stage asks between
_READY = 16


@lru_cache(maxsize=_READY)
def ready(text: str) -> FieldText:
    """Return a text made ready; who asks for one of the last again shares its folding."""
    return FieldText(text)


def index_text(text: str) -> str:
    """Return what the full-text index is given for a text."""
    return " ".join(ready(text).words)


def _words(title: FieldText, body: FieldText) -> frozenset[str]:
    return frozenset(title.places.keys() | body.places.keys())


class _HeldWords(Collection[str]):
    """The different tokens of two fields, which are not written down to look for a few."""

    def __init__(self, title: FieldText, body: FieldText) -> None:
        self._title, self._body = title, body

    def __contains__(self, token: object) -> bool:
        return isinstance(token, str) and (
            self._title.has_token(token) or self._body.has_token(token)
        )

    def __iter__(self) -> Iterator[str]:
        return iter(_words(self._title, self._body))

    def __len__(self) -> int:
        return len(_words(self._title, self._body))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A story's folded text and what is known of it beside the text."""

    title: FieldText = field(repr=False)
    body: FieldText = field(repr=False)
    outlet: str
    source: str
    language: str
    country: str
    authors: tuple[FieldText, ...]
    #: published, or first seen where no date is known
    when: datetime | None
    event: int | None
    #: of money
    amounts: tuple[Ranged, ...]
    #: the different tokens of headline and body
    words: Collection[str] = field(repr=False)

    @classmethod
    def of(
        cls,
        *,
        title: str,
        body: str,
        outlet: str = "",
        source: str = "",
        language: str = "",
        country: str = "",
        authors: Sequence[str] = (),
        published: datetime | None = None,
        first_seen: datetime | None = None,
        event: int | None = None,
        amounts: Sequence[Ranged] = (),
        held: tuple[str, str] | None = None,
    ) -> "Document":
        """Make a story ready. Times must be aware.

        `held` are the tokens of headline and body, as `index_text` joins them.
        """
        headline, text = (
            (ready(title), ready(body))
            if held is None
            else (HeldText(title, held[0]), HeldText(body, held[1]))
        )
        return cls(
            title=headline,
            body=text,
            words=_HeldWords(headline, text) if held else _words(headline, text),
            outlet=outlet,
            source=source,
            language=language,
            country=country,
            authors=tuple(FieldText(name) for name in authors),
            when=published or first_seen,
            event=event,
            amounts=tuple(amounts),
        )

    def text_of(self, name: Field) -> FieldText:
        """Return the headline or the body."""
        return self.title if name == "title" else self.body
