"""Names of places and organisations, and where a story speaks of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from news.errors import quoted
from news.saying import say
from news.toml_files import TomlFile, read_toml
from query.documents import Document, FieldText, Span
from query.syntax import Field
from query.terms import term
from query.tokens import is_unspaced

#: Mesir, Jerman and Rusia are as good in Malay
_KIN = {"ms": "id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A place or organisation, as the file describes it."""

    id: str
    title: str
    #: "city", "country", "agency" …
    kind: str
    #: forms good in every language
    any: tuple[str, ...] = ()
    #: forms by language
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: longer words that hold a form but mean something else: 北海道 for 北海
    reject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesFile:
    """What stands in a file of names."""

    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """Where a story names a place or an organisation."""

    id: str
    kind: str
    field: Field
    #: characters from the start of the field as it was given
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    tokens: list[str]
    name: Name
    #: None: in every language
    language: str | None
    rejects: bool


class Names:
    """The loaded names, ready to be looked for all at once."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = {name.id: name for name in names}
        #: forms by their first token and their second, "" where they have but one
        self._by_first: dict[str, dict[str, list[_Form]]] = {}
        # Facts and event keys are read from the same story, one after the other.
        self._lately = lru_cache(maxsize=4)(self._find)
        for name in self._names.values():
            for form in _forms(name):
                second = "".join(form.tokens[1:2])
                self._by_first.setdefault(form.tokens[0], {}).setdefault(second, []).append(form)
        for forms in (one for begun in self._by_first.values() for one in begun.values()):
            # The longest first: at one place only the longest counts.
            forms.sort(key=lambda form: -len(form.tokens))

    @classmethod
    def load(cls, *folders: Path) -> "Names":
        """Read every .toml file of the folders; later ones replace names by id.

        Raises FileError with file and line.
        """
        names: dict[str, Name] = {}
        for folder in folders:
            for path in sorted(folder.glob("*.toml")):
                file = read_toml(path)
                here = file.read(NamesFile).names
                _check(file, here)
                names |= {name.id: name for name in here}
        return cls(names.values())

    @classmethod
    def shipped(cls) -> "Names":
        """Read the names that come with Harborwatch."""
        return cls.load(Path(__file__).parent / "names")

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids, in order."""
        return tuple(sorted(self._names))

    def get(self, name: str) -> Name:
        """Return a name by its id. Raises KeyError."""
        return self._names[name]

    def find(self, document: Document) -> tuple[NameHit, ...]:
        """Return the names in a story in the order of its text, headline first.

        Of names that overlap the one that begins first counts, of these the
        longest. Forms of one language count in stories of that language, or of
        none, Indonesian ones in Malay too; those in scripts of their own count
        everywhere.
        """
        return self._lately(document.title, document.body, document.language)

    def _find(self, title: FieldText, body: FieldText, language: str) -> tuple[NameHit, ...]:
        found: list[NameHit] = []
        fields: tuple[tuple[Field, FieldText], ...] = (("title", title), ("body", body))
        for where, text in fields:
            for form, span in self._in_text(text, language):
                start, end = text.original(span)
                hit = NameHit(
                    id=form.name.id, kind=form.name.kind, field=where, start=start, end=end
                )
                found.append(hit)
        return tuple(found)

    def _in_text(self, text: FieldText, language: str) -> Iterator[tuple[_Form, Span]]:
        found = list(self._candidates(text, language))
        rejects = [(form.name.id, span) for form, span in found if form.rejects]
        reached = 0
        for form, span in found:
            if form.rejects or span[0] < reached:
                continue
            if not any(id_ == form.name.id and _overlap(span, other) for id_, other in rejects):
                reached = span[1]
                yield form, span

    def _candidates(self, text: FieldText, language: str) -> Iterator[tuple[_Form, Span]]:
        words, known, none = text.words, self._by_first, list[_Form]()
        spoken = {None, language, _KIN.get(language)}
        for at in [at for at, word in enumerate(words) if word in known]:
            begun = known[words[at]]
            longer = begun.get(words[at + 1], none) if at + 1 < len(words) else none
            for form in (*longer, *begun.get("", none)):
                end = at + len(form.tokens)
                if words[at:end] == form.tokens and (not language or form.language in spoken):
                    yield form, (at, end)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _forms(name: Name) -> Iterator[_Form]:
    by_language = [(None, name.any), *name.forms.items()]
    for language, words in by_language:
        for word in words:
            if found := term(word):
                own_script = is_unspaced(found.tokens[0])
                yield _Form(
                    list(found.tokens), name, None if own_script else language, rejects=False
                )
    for word in name.reject:
        if found := term(word):
            yield _Form(list(found.tokens), name, None, rejects=True)


def _check(file: TomlFile, names: tuple[Name, ...]) -> None:
    """Raise FileError where an id comes twice or a form holds no letter."""
    seen: set[str] = set()
    for n, name in enumerate(names):
        if name.id in seen:
            what = say("the id {id} stands twice", id=quoted(name.id))
            raise file.error(("names", n), what, say("give one another id"))
        seen.add(name.id)
        words = [*name.any, *name.reject, *(w for forms in name.forms.values() for w in forms)]
        if not words:
            what = say("{id} has no forms", id=quoted(name.id))
            raise file.error(("names", n), what, say("add {example}", example="any = [ … ]"))
        for word in words:
            if term(word) is None:
                what = say("the form {form} holds no letter or digit", form=quoted(word))
                raise file.error(("names", n), what)
