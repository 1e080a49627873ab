"""Topics: things in the world with their names in every language, from TOML files.

Each file compiles to one query: sure names, or an ambiguous name in good
company and not in bad, or an included topic. Names are data: the tree is built
from them directly, whatever operators or signs their letters resemble.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from news import QueryError
from news.errors import quoted
from news.saying import say
from news.toml_files import TomlFile, did_you_mean, read_toml
from query.glosses import stems
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
from query.terms import Term
from query.topic_shapes import TopicFile, in_language
from query.topic_trees import facet_tree, group_trees, sure_trees
from query.topic_words import Spelling, spelling_of


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
    #: its sides by their ids
    facets: Mapping[str, "Facet"] = field(default_factory=dict)
    #: the title in other languages
    titles: Mapping[str, str] = field(default_factory=dict)

    def titled(self, language: str) -> str:
        """Return the title in a language ("zh-Hant"), in English where the file has no other."""
        return in_language(self.title, self.titles, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A side of a topic and the one query that it is."""

    id: str
    title: str
    #: a story of the topic that names this side of it beside the topic
    query: Query
    #: the title in other languages
    titles: Mapping[str, str] = field(default_factory=dict)

    def titled(self, language: str) -> str:
        """Return the title in a language ("zh-Hant"), in English where the file has no other."""
        return in_language(self.title, self.titles, language)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file and the trees made of its own names."""

    file: TomlFile
    content: TopicFile
    sure: tuple[Term, ...]
    #: what finds a story: the sure names, each group with its company
    every: tuple[Node, ...]


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
        hint = did_you_mean(node.id, topics.ids) if len(topics) else say("no topics are loaded")
        what = say("there is no topic {topic}", topic=quoted(f"@{node.id}"))
        raise QueryError(text, node.at, what, hint)
    topic = topics.get(node.id)
    if not node.part:
        return topic.query.root
    if node.part in topic.facets:
        return topic.facets[node.part].query.root
    if node.part != "core":
        what = say("@{topic} has no part {part}", topic=node.id, part=quoted(f"/{node.part}"))
        raise QueryError(text, node.at, what, did_you_mean(node.part, ["core", *topic.facets]))
    if topic.core is None:
        raise QueryError(text, node.at, f"@{node.id} has no sure names", f"write @{node.id}")
    return topic.core.root


def _read(path: Path) -> _Source:
    file = read_toml(path)
    content = file.read(TopicFile)
    if content.id != path.stem:
        raise file.error(("id",), f'id "{content.id}" is not the name of the file')
    spelling = spelling_of(file, content.words)
    known = stems(_written(spelling, content))
    sure: list[Term] = []
    asked: list[Node] = []
    for language, names in content.sure.items():
        terms, trees = sure_trees(spelling, language, names, known)
        sure += terms
        asked += trees
    groups = [
        tree
        for n, group in enumerate(content.ambiguous)
        for tree in group_trees(spelling, ("ambiguous", n), group, known)
    ]
    if not sure and not groups and not content.includes:
        raise file.error(("id",), "the topic has no names", "add [sure] with en = [ … ]")
    every = tuple(dict.fromkeys([*asked, *groups]))
    return _Source(file, content, tuple(dict.fromkeys(sure)), every)


def _written(spelling: Spelling, content: TopicFile) -> Iterator[str]:
    """Yield the words of all names."""
    for language, names in content.sure.items():
        for n, name in enumerate(names):
            yield from spelling.words_in(("sure", language, n), name, [language])
    for at, group in enumerate(content.ambiguous):
        for n, name in enumerate(group.names):
            yield from spelling.words_in(("ambiguous", at, "names", n), name, group.languages)


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
    query = Query(text=f"@{name}", root=any_of(every))
    return Topic(
        id=name,
        title=content.title,
        titles=content.titles,
        tier=content.tier,
        relation=content.relation,
        definition=content.definition,
        query=query,
        core=Query(text=f"@{name}/core", root=any_of(sure)) if sure else None,
        facets={
            facet: Facet(
                id=facet,
                title=one.title,
                titles=one.titles,
                query=facet_tree(sources[name].file, query, facet, one),
            )
            for facet, one in content.facets.items()
        },
    )


def _trees(name: str, sources: Mapping[str, _Source]) -> tuple[list[Node], list[Node]]:
    """Return the sure names, and these with the groups; each with those of included topics."""
    source = sources[name]
    sure, every = list[Node](source.sure), list(source.every)
    for other in source.content.includes:
        more_sure, more = _trees(other, sources)
        sure += more_sure
        every += more
    return list(dict.fromkeys(sure)), list(dict.fromkeys(every))
