"""Topics: things in the world with their names in every language, from TOML files.

Each file compiles to one query: sure names, or an ambiguous name in good
company and not in bad, or an included topic. Names are data: the tree is built
from them directly, whatever operators or signs their letters resemble.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from news import QueryError
from news.errors import quoted
from news.toml_files import TomlFile, did_you_mean, read_toml
from query.syntax import (
    And,
    Near,
    Node,
    Not,
    Or,
    Query,
    TopicName,
    Within,
    all_of,
    any_of,
    negated,
)
from query.terms import Term, term


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbiguousNames:
    """Names that mean the topic only in company."""

    names: tuple[str, ...]
    #: one of these near accepts
    accept: tuple[str, ...]
    #: one of these near rejects; it never cancels a sure name
    reject: tuple[str, ...] = ()
    #: tokens between at most; None: anywhere in the story
    near: int | None = None
    #: for a person
    languages: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetNames:
    """A side of a topic, with its names by language; they mean it only beside the topic."""

    title: str
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFile:
    """What stands in a topic file."""

    id: str
    title: str
    #: 1 core, 2 direct, 3 related, 4 context
    tier: int
    relation: str
    definition: str
    #: topics whose stories belong to this one too
    includes: tuple[str, ...] = ()
    #: names that mean the topic by themselves, by language
    sure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ambiguous: tuple[AmbiguousNames, ...] = ()
    #: sides of the topic by their ids
    facets: Mapping[str, FacetNames] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic and the one query that it is."""

    id: str
    title: str
    tier: int
    relation: str
    definition: str
    #: all of it, included topics put in: ready to match
    query: Query
    #: its sure names and those of included topics; None where it has none
    core: Query | None
    #: its sides by their ids, each any of its names
    facets: Mapping[str, Query] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file and the trees made of its own names."""

    file: TomlFile
    content: TopicFile
    sure: tuple[Node, ...]
    groups: tuple[Node, ...]


class Topics:
    """The loaded topics, by id."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        self._topics = dict(sorted(topics.items()))

    @classmethod
    def load(cls, *folders: Path) -> "Topics":
        """Read every .toml file of the folders; a later folder replaces topics by id.

        A file may stand in the place of a folder, to see what it would change.

        Raises FileError with file and line.
        """
        sources: dict[str, _Source] = {}
        for folder in folders:
            for path in [folder] if folder.is_file() else sorted(folder.glob("*.toml")):
                source = _read(path)
                sources[source.content.id] = source
        for name in sources:
            _check_includes(name, sources, ())
        return cls({name: _topic(name, sources) for name in sources})

    @classmethod
    def shipped(cls) -> "Topics":
        """Read the topics that come with Harborwatch."""
        return cls.load(Path(__file__).parent / "topics")

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids, in order."""
        return tuple(self._topics)

    def get(self, name: str) -> Topic:
        """Return a topic. Raises KeyError."""
        return self._topics[name]

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._topics.values())

    def __len__(self) -> int:
        return len(self._topics)

    def __contains__(self, name: object) -> bool:
        return name in self._topics


def expand(query: Query, topics: Topics) -> Query:
    """Put each topic's own tree in the place of its name.

    Raises QueryError at a topic that does not exist.
    """
    return Query(text=query.text, root=_expand(query.root, query.text, topics))


def _expand(node: Node, text: str, topics: Topics) -> Node:  # noqa: PLR0911 - one answer for each kind of node
    match node:
        case TopicName():
            return _named(node, text, topics)
        case Or(parts):
            return any_of(_expand(part, text, topics) for part in parts)
        case And(parts):
            return all_of(_expand(part, text, topics) for part in parts)
        case Not(part):
            return negated(_expand(part, text, topics))
        case Within(name, inner):
            return Within(name, _expand(inner, text, topics))
        case Near(left, right, distance, ordered):
            first, second = _expand(left, text, topics), _expand(right, text, topics)
            return Near(first, second, distance, ordered)
    return node


def _named(node: TopicName, text: str, topics: Topics) -> Node:
    if node.id not in topics:
        hint = did_you_mean(node.id, topics.ids) if len(topics) else "no topics are loaded"
        raise QueryError(text, node.at, f"there is no topic {quoted(f'@{node.id}')}", hint)
    topic = topics.get(node.id)
    if not node.core:
        return topic.query.root
    if topic.core is None:
        raise QueryError(text, node.at, f"@{node.id} has no sure names", f"write @{node.id}")
    return topic.core.root


def _read(path: Path) -> _Source:
    file = read_toml(path)
    content = file.read(TopicFile)
    if content.id != path.stem:
        raise file.error(("id",), f'id "{content.id}" is not the name of the file')
    sure = [
        _name(file, ("sure", language, n), name)
        for language, names in content.sure.items()
        for n, name in enumerate(names)
    ]
    groups = tuple(
        _group(file, ("ambiguous", n), group) for n, group in enumerate(content.ambiguous)
    )
    if not sure and not groups and not content.includes:
        raise file.error(("id",), "the topic has no names", "add [sure] with en = [ … ]")
    return _Source(file, content, tuple(dict.fromkeys(sure)), groups)


def _name(file: TomlFile, key: tuple[str | int, ...], name: str, *, quiet: bool = False) -> Term:
    """Return a name as a term; = before it asks for its case, * after it is a prefix."""
    exact, prefix = name.startswith("="), name.endswith("*")
    found = term(name[exact : len(name) - prefix], cased=exact, prefix=prefix, quiet=quiet)
    if found is None:
        raise file.error(key, f'the name "{name}" holds no letter or digit', "take it away")
    return found


def _group(file: TomlFile, key: tuple[str | int, ...], group: AmbiguousNames) -> Node:
    def terms(part: str, words: Sequence[str], *, quiet: bool) -> list[Term]:
        made = [_name(file, (*key, part, n), word, quiet=quiet) for n, word in enumerate(words)]
        return list(dict.fromkeys(made))

    names = terms("names", group.names, quiet=False)
    # Company decides, but it is the name that the story is shown by.
    accept = terms("accept", group.accept, quiet=True)
    reject = terms("reject", group.reject, quiet=True)
    if not names or not accept:
        part = "names" if not names else "accept"
        raise file.error((*key, part), f'"{part}" is empty', "an ambiguous name needs company")
    if group.near is not None and group.near < 0:
        raise file.error((*key, "near"), "near cannot be less than 0")
    wanted = _beside(names, accept, group.near)
    if not reject:
        return all_of(wanted)
    overlaps = [o for name in names for word in reject for o in overlapping(name, word)]
    barred = [all_of(_beside(names, reject, group.near)), *dict.fromkeys(overlaps)]
    return all_of([*wanted, negated(any_of(barred))])


def _beside(names: Sequence[Term], others: Sequence[Term], near: int | None) -> list[Node]:
    if near is None:
        return [any_of(names), any_of(others)]
    return [Near(any_of(names), any_of(others), near)]


def overlapping(name: Term, word: Term) -> Iterator[Term]:
    """Yield every phrase in which name and word share tokens: 新南向 for 南向 and 新南向.

    NEAR asks for two that stand apart; a bad word may also contain the name.
    """
    a, b = name.tokens, word.tokens
    for shift in range(1 - len(b), len(a)):
        shared = [(a[i], b[i - shift]) for i in range(max(0, shift), min(len(a), shift + len(b)))]
        if shared and all(one == other for one, other in shared):
            first, second, at = (a, b, shift) if shift >= 0 else (b, a, -shift)
            yield Term(first + second[len(first) - at :])


def _check_includes(name: str, sources: Mapping[str, _Source], above: tuple[str, ...]) -> None:
    """Raise FileError at an unknown topic or a circle."""
    source = sources[name]
    for n, other in enumerate(source.content.includes):
        if other not in sources:
            what = f'there is no topic "{other}" to include'
            raise source.file.error(("includes", n), what, did_you_mean(other, list(sources)))
        if other in (*above, name):
            circle = " → ".join((*above, name, other))
            raise source.file.error(("includes", n), f"topics include one another: {circle}")
        _check_includes(other, sources, (*above, name))


def _topic(name: str, sources: Mapping[str, _Source]) -> Topic:
    content = sources[name].content
    sure, every = _trees(name, sources)
    return Topic(
        id=name,
        title=content.title,
        tier=content.tier,
        relation=content.relation,
        definition=content.definition,
        query=Query(text=f"@{name}", root=any_of(every)),
        core=Query(text=f"@{name}/core", root=any_of(sure)) if sure else None,
        facets={
            facet: _facet(sources[name].file, facet, one) for facet, one in content.facets.items()
        },
    )


def _facet(file: TomlFile, name: str, facet: FacetNames) -> Query:
    terms = [
        _name(file, ("facets", name, "names", language, n), word)
        for language, words in facet.names.items()
        for n, word in enumerate(words)
    ]
    if not terms:
        raise file.error(("facets", name, "names"), "the facet has no names")
    return Query(text=name, root=any_of(dict.fromkeys(terms)))


def _trees(name: str, sources: Mapping[str, _Source]) -> tuple[list[Node], list[Node]]:
    """Return the sure names, and these with the groups; each with those of included topics."""
    source = sources[name]
    sure, every = list(source.sure), [*source.sure, *source.groups]
    for other in source.content.includes:
        more_sure, more = _trees(other, sources)
        sure += more_sure
        every += more
    return list(dict.fromkeys(sure)), list(dict.fromkeys(every))
