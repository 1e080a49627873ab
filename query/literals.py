"""What a story must hold to answer a query: literals, of which one at least is in every answer.

A literal is a piece of a text's tokens joined by single spaces, with a space
before and after it: " belt and road ". Where the last word may go on, there is
none after it: " kerja". A substring search then finds words, phrases, prefixes
and roots alike.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from query.affixes import heads
from query.documents import Document, FieldText
from query.syntax import And, Field, Near, Node, Or, Times, Within, all_of
from query.terms import Term
from query.tokens import is_unspaced

#: a phrase is rarer than its rarest word: by so much for each further word
_FURTHER = 0.2
#: a guess at the share of stories that hold a word, by its letters: short words
#: are the frequent ones (Zipf's law of abbreviation); more letters: the last
_BY_LENGTH = (0.4, 0.4, 0.3, 0.3, 0.1, 0.04, 0.03, 0.02, 0.01)
_UNSPACED = 0.15
#: what so many stories hold is no use as a second condition
_FREQUENT = 0.4

#: before a token of the headline; for private use, as a token never is
_IN_TITLE = "\ue003"

Shares = Mapping[str, float]
Cover = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What every answer to a query holds."""

    #: of each of these sets at least one literal, the rarest set first; none:
    #: nothing in the text must be there, as for lang:id or NOT Davos
    covers: tuple[Cover, ...]
    #: what a story that holds them must still be asked; None: it is an answer
    rest: Node | None


@dataclass(frozen=True, slots=True)
class _Part:
    """One condition: literals of which a story must hold one."""

    literals: Cover
    #: of stories that do, as a guess
    share: float


def shares_of(documents: Sequence[Document]) -> dict[str, float]:
    """Learn in which share of stories each token stands; 0 to 1."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(document.words)
    return {token: count / len(documents) for token, count in counts.items()}


def joined(document: Document) -> str:
    """Return the text in which literals are looked for; none reaches from headline to body.

    The headline stands there once more with its tokens marked as such.
    """
    title, body = _tokens(document.title), _tokens(document.body)
    return f" {title} \n{_marked(f' {title}')} \n {body} "


def needs(node: Node, shares: Shares) -> Needs:
    """Return what a query needs; `shares` are those of `shares_of`.

    Words that are not among them are guessed by their letters.
    """
    conditions = node.parts if isinstance(node, And) else (node,)
    parts = sorted(_parts(node, shares), key=lambda part: part.share)
    kept = [part for n, part in enumerate(parts) if n == 0 or part.share < _FREQUENT]
    rest = [one for one in conditions if not _decided(one, kept, shares)]
    covers = tuple(part.literals for part in kept)
    return Needs(covers=covers, rest=all_of(rest) if rest else None)


def _tokens(text: FieldText) -> str:
    return " ".join(text.words)


def _marked(text: str) -> str:
    return text.replace(" ", f" {_IN_TITLE}")


def _parts(node: Node, shares: Shares, field: Field | None = None) -> list[_Part]:  # noqa: PLR0911 - one answer for each kind of node
    """Return conditions that every answer fulfils."""
    match node:
        case Term():
            return [_Part(_literals(node, field), _share(node, shares))]
        case Times(term):
            return _parts(term, shares, field)
        case Within(name, inner):
            return _parts(inner, shares, name)
        case And(parts):
            return [part for below in parts for part in _parts(below, shares, field)]
        case Near(left, right):
            return _parts(left, shares, field) + _parts(right, shares, field)
        case Or(parts):
            return _either([_parts(below, shares, field) for below in parts])
    return []


def _either(each: Sequence[Sequence[_Part]]) -> list[_Part]:
    """Return the one condition of an OR: the rarest of each of its parts, together."""
    if not all(each):
        return []
    rarest = [min(parts, key=lambda part: part.share) for parts in each]
    literals = frozenset[str]().union(*(part.literals for part in rarest))
    return [_Part(literals, sum(part.share for part in rarest))]


def _decided(node: Node, kept: Sequence[_Part], shares: Shares) -> bool:
    """Say whether a clause holds in every story that holds the covers of the kept parts."""
    inner = node.node if isinstance(node, Within) and node.field == "title" else node
    terms = inner.parts if isinstance(inner, Or) else (inner,)
    plain = all(isinstance(t, Term) and not t.cased and not t.affixed for t in terms)
    return plain and all(part in kept for part in _parts(node, shares))


def _share(term: Term, shares: Shares) -> float:
    each = [shares.get(token) or _guessed(token) for token in term.tokens]
    if term.prefix or term.affixed:
        each[-1] = max(each[-1], _guessed(term.tokens[-1]))
    share: float = min(each) * _FURTHER ** (len(each) - 1)
    return share


def _guessed(token: str) -> float:
    if is_unspaced(token):
        return _UNSPACED
    return _BY_LENGTH[min(len(token), len(_BY_LENGTH) - 1)]


def _literals(term: Term, field: Field | None) -> Cover:
    if term.affixed:
        texts = [f" {head}" for head in heads(term.tokens[0])]
    else:
        texts = [f" {' '.join(term.tokens)}"]
    if field == "title":
        texts = [_marked(text) for text in texts]
    # A prefix, and the beginning of a root's forms, may go on.
    return frozenset(texts if term.affixed or term.prefix else [f"{text} " for text in texts])
