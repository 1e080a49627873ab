"""The parts of a topic file as trees: names, names in company, facets beside a name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from news.errors import quoted
from news.saying import say
from news.toml_files import Key, TomlFile
from query.syntax import And, Near, Node, Not, Or, Otherwise, Query, all_of, any_of, negated
from query.terms import Term, term
from query.tokens import is_unspaced
from query.topic_shapes import AmbiguousNames, FacetNames
from query.topic_words import Spelling

_FACET = re.compile("[a-z][a-z0-9_-]*")
#: few enough letters that others use them too
_ABBREVIATION = re.compile("=?[A-Z]{3,7}")
#: tokens between a facet's name and one of the topic: a long sentence. The
#: forum's own lists all five platforms with 24 words to the harbor; a letter
#: of a script without spaces is a third of a word
BESIDE, BESIDE_LETTERS = 30, 90


def name_of(file: TomlFile, key: tuple[str | int, ...], name: str, *, quiet: bool = False) -> Term:
    """Return a name as a term; = before it asks for its case, * after it is a prefix.

    Raises FileError where it holds no letter or digit.
    """
    found = _term(name, quiet=quiet)
    if found is None:
        what = say("the name {name} holds no letter or digit", name=quoted(name))
        raise file.error(key, what, say("take it away"))
    return found


# The same company stands in many groups.
@lru_cache(maxsize=4096)
def _term(name: str, *, quiet: bool) -> Term | None:
    exact, prefix = name.startswith("="), name.endswith("*")
    return term(name[exact : len(name) - prefix], cased=exact, prefix=prefix, quiet=quiet)


def sure_trees(
    spelling: Spelling, language: str, names: Sequence[str], known: frozenset[str]
) -> tuple[list[Term], list[Node]]:
    """Return the sure names of a language as terms, and as what asks for them.

    An abbreviation is a name only where the story does not explain it
    otherwise; `known` are the stems of all names of the topic.
    """
    key = ("sure", language)
    terms = terms_of_names(spelling, key, names, [language])
    short = terms_of_names(spelling, key, _abbreviations(names), [language])
    asked = [_unless_explained([one], one, known) if one in short else one for one in terms]
    return terms, asked


def terms_of_names(
    spelling: Spelling,
    key: Key,
    names: Sequence[str],
    languages: Iterable[str] | None,
    *,
    quiet: bool = False,
) -> list[Term]:
    """Return names in all their spellings. Raises FileError, see `name_of`."""
    written = (
        (n, spelled)
        for n, name in enumerate(names)
        for spelled in spelling.all_of((*key, n), name, languages)
    )
    made = (name_of(spelling.file, (*key, n), one, quiet=quiet) for n, one in written)
    return list(dict.fromkeys(made))


def group_trees(
    spelling: Spelling, key: Key, group: AmbiguousNames, known: frozenset[str]
) -> Iterator[Node]:
    """Yield the trees of names that need company. Raises FileError where they can never hold.

    Each abbreviation has one of its own, see `sure_trees`.
    """
    for part, written in (("names", group.names), ("accept", group.accept)):
        if not written:
            what, hint = (
                say("{part} is empty", part=quoted(part)),
                say("an ambiguous name needs company"),
            )
            raise spelling.file.error((*key, part), what, hint)
    for part, near in (("near", group.near), ("also_near", group.also_near)):
        if near is not None and near < 0:
            what = say("{part} cannot be less than 0", part=part)
            raise spelling.file.error((*key, part), what)
    short = _abbreviations(group.names)
    others = [name for name in group.names if name not in short]
    for name in short:
        (one,) = terms_of_names(spelling, (*key, "names"), [name], group.languages)
        yield _unless_explained(_in_company(spelling, key, group, [one]), one, known)
    if others:
        names = terms_of_names(spelling, (*key, "names"), others, group.languages)
        yield all_of(_in_company(spelling, key, group, names))


def _abbreviations(names: Sequence[str]) -> list[str]:
    return [name for name in names if _ABBREVIATION.fullmatch(name)]


def _unless_explained(wanted: Sequence[Node], name: Term, known: frozenset[str]) -> Node:
    return all_of([*wanted, negated(Otherwise(name.tokens[0].upper(), known))])


def _in_company(
    spelling: Spelling, key: Key, group: AmbiguousNames, names: Sequence[Term]
) -> list[Node]:
    def company(part: str, words: Sequence[str]) -> list[Term]:
        # Company decides, but it is the name that the story is shown by.
        return terms_of_names(spelling, (*key, part), words, None, quiet=True)

    wanted = _beside(names, company("accept", group.accept), group.near)
    if group.also:
        near = group.near if group.also_near is None else group.also_near
        wanted += _beside(names, company("also", group.also), near)
    reject = company("reject", group.reject)
    if not reject:
        return list(dict.fromkeys(wanted))
    overlaps = [o for name in names for word in reject for o in overlapping(name, word)]
    barred = [all_of(_beside(names, reject, group.near)), *dict.fromkeys(overlaps)]
    return [*dict.fromkeys(wanted), negated(any_of(barred))]


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


def facet_tree(file: TomlFile, topic: Query, name: str, facet: FacetNames) -> Query:
    """Return the stories of a topic in which a name of the facet stands beside one of the topic."""
    if name == "core" or not _FACET.fullmatch(name):
        what = say("a facet cannot be called {name}", name=quoted(name))
        hint = say("use small letters; core are the sure names")
        raise file.error(("facets", name), what, hint)
    terms = dict.fromkeys(
        name_of(file, ("facets", name, "names", language, n), word)
        for language, words in facet.names.items()
        for n, word in enumerate(words)
    )
    if not terms:
        raise file.error(("facets", name, "names"), say("the facet has no names"))
    unspaced = [one for one in terms if is_unspaced(one.tokens[0])]
    spaced = [one for one in terms if one not in unspaced]
    owned = any_of(names_of(topic.root))
    near = [
        Near(any_of(some), owned, distance)
        for some, distance in ((spaced, BESIDE), (unspaced, BESIDE_LETTERS))
        if some
    ]
    return Query(text=f"{topic.text}/{name}", root=all_of([topic.root, any_of(near)]))


def names_of(node: Node) -> list[Term]:
    """Return all names in a topic's tree, sure and ambiguous, without their company."""
    found = (part for part in _said(node) if isinstance(part, Term) and not part.quiet)
    return list(dict.fromkeys(found))


def _said(node: Node) -> Iterator[Node]:
    """Yield what a tree asks for and below, but nothing that it bars."""
    match node:
        case Not():
            return
        case And(parts) | Or(parts):
            for part in parts:
                yield from _said(part)
        case Near(left, right):
            yield from _said(left)
            yield from _said(right)
        case _:
            yield node
