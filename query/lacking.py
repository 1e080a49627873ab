"""Names that a topic lacks: phrases that stories beside it share, and others do not have.

Pure: from stories that should speak of a topic but hold none of its names, and
from a sample of other stories, candidates come by what a name is known by. It
returns in several stories; its neighbours change while it does not (entropy of
the tokens left and right of it: the way by which new words are found in text
without spaces, where a token is one letter); and it is rare elsewhere. In
scripts with capitals a name is written with one. Nothing is decided here: a
person reads the list.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ahocorasick_rs import AhoCorasick

from query.documents import Document
from query.repeated_runs import Gram, Seen, Text, freedom, repeated, texts_of, written
from query.sentences import cut_sentence, sentence_around
from query.terms import Term
from query.tokens import BREAK, is_unspaced

#: how many times as frequent it must be as elsewhere, where it stands there at all
CONTRAST = 8.0
#: bits of freedom on its less free side; two stories with other neighbours have 1
FREEDOM = 0.9
#: bits beyond which more freedom says no more
ENOUGH = 3.0
#: share of the other stories that a word must stand in to be no edge of a name: of, yang, của
COMMON = 0.12
#: share of capitals up to which such a word is a small one: The begins sentences
SMALL = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A phrase that may be a name which a topic lacks."""

    #: as it is mostly written
    words: str
    language: str
    #: of the stories beside the topic
    stories: int
    #: of the sample of others
    elsewhere: int
    #: higher is likelier
    score: float
    #: where it stands in one of the stories
    sentence: str
    term: Term


@dataclass(frozen=True, slots=True)
class _Familiar:
    """What is known before."""

    #: names that need no finding, spaced
    known: str
    #: tokens of the topic's own names
    likely: frozenset[str]


#: score, stories of the sample that have it, its tokens, where it stands
_Candidate = tuple[float, int, Gram, Seen]


def lacking(
    beside: Sequence[Document],
    others: Sequence[Document],
    known: Collection[Gram] = (),
    likely: Collection[str] = (),
    most: int = 12,
) -> tuple[Lacking, ...]:
    """Return candidates for a topic's names, by language, the likeliest first.

    `beside` are stories without a name of the topic, `others` a sample of the
    rest. `known` are names that need no finding: those of places and of other
    topics. `likely` are tokens of the topic's own names: a candidate of such
    tokens is likelier. At most `most` a language.
    """
    familiar = _Familiar("".join(map(spaced, known)), frozenset(likely))
    found: list[Lacking] = []
    for language in sorted({document.language for document in beside}):
        mine = [document for document in beside if document.language == language]
        rest = [document for document in others if document.language == language]
        found += islice(_of_language(language, mine, rest, familiar), most)
    return tuple(found)


def _of_language(
    language: str,
    beside: Sequence[Document],
    others: Sequence[Document],
    familiar: _Familiar,
) -> Iterator[Lacking]:
    """Yield the candidates of one language, the likeliest first."""
    texts = list(texts_of(beside))
    held = [spaced((*one.title.words, BREAK, *one.body.words)) for one in others]
    common, again = _common(held), repeated(texts)
    free = {
        gram: bits
        for gram, seen in again.items()
        if _is_shaped(gram, seen, texts, common)
        and spaced(gram) not in familiar.known
        and (bits := freedom(gram, seen, texts, common)) >= FREEDOM
    }
    candidates: list[_Candidate] = []
    for (gram, bits), elsewhere in zip(free.items(), _holders(list(free), held), strict=True):
        seen = again[gram]
        contrast = _contrast(seen.stories, elsewhere, len(beside), len(others))
        if not elsewhere or contrast >= CONTRAST:
            standing = math.log2(1 + seen.stories) * math.log1p(contrast) * min(bits, ENOUGH)
            looks = _looks(gram, seen, texts, familiar.likely)
            candidates.append((standing * looks, elsewhere, gram, seen))
    candidates.sort(key=lambda one: (-one[0], one[2]))
    for one in _apart(candidates):
        yield _told(language, texts, one)


def _common(held: Sequence[str]) -> frozenset[str]:
    """Return the words that so many other stories have that no name begins or ends in one."""
    counts = Counter(word for text in held for word in set(text.split()))
    least = max(2.0, COMMON * len(held))
    return frozenset(w for w, n in counts.items() if n >= least and not is_unspaced(w))


def _is_shaped(gram: Gram, seen: Seen, texts: Sequence[Text], common: frozenset[str]) -> bool:
    """Say whether tokens begin and end as a name does: with letters, not with a small word.

    A common word that is written with a capital is none: Biển Nam, where Việt Nam is everywhere.
    """
    for at, edge in ((0, gram[0]), (len(gram) - 1, gram[-1])):
        if not edge[0].isalpha():
            return False
        if edge in common and _capitals(seen, texts, at) <= SMALL:
            return False
    return True


def _holders(grams: Sequence[Gram], held: Sequence[str]) -> list[int]:
    """Return for each run of tokens how many of the texts hold it."""
    # One pass for all of them; overlaps, as one run may hold another.
    finder = AhoCorasick([spaced(gram) for gram in grams])
    counts: Counter[int] = Counter()
    for text in held:
        counts.update({at for at, *_ in finder.find_matches_as_indexes(text, overlapping=True)})
    return [counts[at] for at in range(len(grams))]


def _contrast(stories: int, elsewhere: int, beside: int, others: int) -> float:
    """Return how many times as frequent it is beside the topic; half a story is given elsewhere."""
    return (stories / beside) / ((elsewhere + 0.5) / (others + 1))


def _looks(gram: Gram, seen: Seen, texts: Sequence[Text], likely: frozenset[str]) -> float:
    """Weigh how like a name a candidate is: long, with capitals, like the topic's own."""
    resembling = sum(token in likely for token in gram) / len(gram)
    # A letter of a script without spaces is about a third of a word.
    words = sum(1 / 3 if is_unspaced(token) else 1 for token in gram)
    begins = 1.0 if is_unspaced(gram[0]) else _capitals(seen, texts, 0)
    capital = 0.15 + 0.85 * begins
    return math.log2(1 + words) * capital * (1 + resembling)


def _capitals(seen: Seen, texts: Sequence[Text], token: int) -> float:
    """Return the share of a candidate's places where one of its tokens has a capital."""
    words = [written(texts[at].field, first + token, 1) for at, first in seen.places]
    return sum(one[0].isupper() for one in words) / len(words)


def _apart(candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Yield of candidates that hold one another the likeliest."""
    kept: list[_Candidate] = []
    for one in candidates:
        if not any(_holds(one[2], other[2]) or _holds(other[2], one[2]) for other in kept):
            kept.append(one)
            yield one


def _holds(whole: Gram, part: Gram) -> bool:
    return spaced(part) in spaced(whole)


def spaced(tokens: Sequence[str]) -> str:
    """Return tokens as text in which a run of them is found as text."""
    return f" {' '.join(tokens)} "


def _told(language: str, texts: Sequence[Text], candidate: _Candidate) -> Lacking:
    score, elsewhere, gram, seen = candidate
    words = Counter(written(texts[at].field, first, len(gram)) for at, first in seen.places)
    at, first = max(seen.places, key=lambda place: texts[place[0]].name == "body")
    field = texts[at].field
    begin, end = sentence_around(field.folded.source, *field.original((first, first + len(gram))))
    return Lacking(
        words=words.most_common(1)[0][0],
        language=language,
        stories=seen.stories,
        elsewhere=elsewhere,
        score=round(score, 2),
        sentence=cut_sentence(field.folded.source, begin, end),
        term=Term(gram),
    )
