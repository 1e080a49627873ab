"""The parts of a topic file as trees: names, names in company, facets beside a name."""

import re
from collections.abc import Iterator, Sequence

from news.toml_files import TomlFile
from query.syntax import And, Near, Node, Not, Or, Query, all_of, any_of, negated
from query.terms import Term, term
from query.tokens import is_unspaced
from query.topic_shapes import AmbiguousNames, FacetNames

_FACET = re.compile("[a-z][a-z0-9_-]*")
#: tokens between a facet's name and one of the topic: a long sentence. The
#: forum's own lists all five platforms with 24 words to the harbor; a letter
#: of a script without spaces is a third of a word
BESIDE, BESIDE_LETTERS = 30, 90


def name_of(file: TomlFile, key: tuple[str | int, ...], name: str, *, quiet: bool = False) -> Term:
    """Return a name as a term; = before it asks for its case, * after it is a prefix.

    Raises FileError where it holds no letter or digit.
    """
    exact, prefix = name.startswith("="), name.endswith("*")
    found = term(name[exact : len(name) - prefix], cased=exact, prefix=prefix, quiet=quiet)
    if found is None:
        raise file.error(key, f'the name "{name}" holds no letter or digit', "take it away")
    return found


def group_tree(file: TomlFile, key: tuple[str | int, ...], group: AmbiguousNames) -> Node:
    """Return the tree of names that need company. Raises FileError where it can never hold."""

    def terms(part: str, words: Sequence[str], *, quiet: bool) -> list[Term]:
        made = [name_of(file, (*key, part, n), word, quiet=quiet) for n, word in enumerate(words)]
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


def facet_tree(file: TomlFile, topic: Query, name: str, facet: FacetNames) -> Query:
    """Return the stories of a topic in which a name of the facet stands beside one of the topic."""
    if name == "core" or not _FACET.fullmatch(name):
        what = f'a facet cannot be called "{name}"'
        raise file.error(("facets", name), what, "use small letters; core are the sure names")
    terms = dict.fromkeys(
        name_of(file, ("facets", name, "names", language, n), word)
        for language, words in facet.names.items()
        for n, word in enumerate(words)
    )
    if not terms:
        raise file.error(("facets", name, "names"), "the facet has no names")
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
