"""A made-up archive of any size in five languages, with names planted at known rates.

Words come as often as they do in the press (`made.words`); one word in forty
is a figure, one in eight of the spaced languages a name with a capital. Bodies
are 1.4 kB on average and as uneven in length as those of the press.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from made.words import LANGUAGES, UNSPACED, WORDS, Vocabulary

#: bytes of an average body (UTF-8)
BODY = 1_400
#: one story of the language in so many has the name
RATES = (10, 100, 1_000, 10_000)
#: words that the vocabularies cannot make: their letters are not among the syllables'
PLANTED = {
    "id": ("Quvayaz Zuxefi", "Vixaqo Wuzeva", "Xavuqi Yefaz", "Zaquvi Fuxeya"),
    "en": ("Yvaxel Quizov", "Juxov Kyvaz", "Vezuqi Xykov", "Zyvox Quaje"),
    "vi": ("Gịa Xẩy Quỵ", "Sặng Dẫy", "Xổm Gỉa", "Quẫy Rẫm"),
    "zh": ("囫囵饕餮", "魑魅港", "邋遢旮旯", "貔貅氤氲"),
    "th": ("ฌฎาฏฐ", "ฑฒีณธ", "ฬฆุฉฎ", "ฐฌิฑฆ"),
}
#: offsets, so that the rarer names do not fall on the stories of the frequent ones
_OFFSETS = (3, 7, 77, 777)
_FIGURES = 9_999
_STEP = 5_000
_FIRST_SEEN = datetime(2016, 9, 20, tzinfo=UTC)
_DAYS = 730
_COUNTRIES = {"id": "ID", "en": "SG", "vi": "VN", "zh": "CN", "th": "TH"}
#: outlets of a language; the first has the most stories
_OUTLETS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made-up story."""

    #: from 1 on, as the archive numbers it
    number: int
    language: str
    country: str
    outlet: str
    title: str
    body: str
    first_seen_at: datetime
    #: the planted names that it has, by their places in PLANTED
    names: tuple[int, ...]


class _Words:
    """The forms in which a language's words stand in running text, drawn many at a time."""

    def __init__(self, language: str, chance: np.random.Generator) -> None:
        known = Vocabulary.of(language)
        self.language, self._chance = language, chance
        self._sums = np.array(known.weights)
        space = " " if language in UNSPACED else ""
        # Thai sets a space after one word in seven, the others name one thing in eight.
        shown = [w + " " if language == "th" else w.title() for w in known.words]
        self._forms = [*known.words, *shown, *(f"{space}{n:,}{space}" for n in range(1, _FIGURES))]
        shares = np.diff(self._sums, prepend=0) / self._sums[-1]
        sizes = np.array([len(word.encode()) for word in known.words])
        self._bytes = float(shares @ sizes) + (language not in UNSPACED)
        self._shown = {"zh": 0.0, "th": 0.15}.get(language, 0.12)

    def sizes(self, count: int) -> list[int]:
        """Return how many words each of so many bodies has."""
        spread = 0.6
        drawn = self._chance.lognormal(np.log(BODY / self._bytes) - spread**2 / 2, spread, count)
        return [int(n) for n in np.maximum(drawn, 15)]

    def draw(self, count: int) -> list[str]:
        drawn = np.searchsorted(self._sums, self._chance.random(count) * self._sums[-1], "right")
        drawn = np.minimum(drawn, WORDS - 1)
        drawn += WORDS * (self._chance.random(count) < self._shown)
        figures = self._chance.integers(2 * WORDS, len(self._forms), count)
        drawn = np.where(self._chance.random(count) < 1 / 40, figures, drawn)
        return [self._forms[n] for n in drawn.tolist()]

    def text(self, words: list[str], ends: list[int]) -> str:
        """Make sentences of words, each ending at the next of `ends`."""
        made, begin = [], 0
        for end in ends:
            sentence = words[begin:end]
            begin = end
            if not sentence:
                break
            made.append(self._sentence(sentence))
        return (" " if self.language != "zh" else "").join(made)

    def _sentence(self, words: list[str]) -> str:
        if self.language == "zh":
            half = len(words) // 2
            return f"{''.join(words[:half])}，{''.join(words[half:])}。"
        if self.language == "th":
            return "".join(words)
        first = words[0]
        return f"{first[:1].upper()}{first[1:]} {' '.join(words[1:])}."


def corpus(count: int, seed: int = 2018) -> Iterator[Made]:
    """Yield so many stories, all languages in turn; the same for the same seed."""
    chance = np.random.default_rng(seed)
    known = [_Words(language, chance) for language in LANGUAGES]
    for begin in range(0, count, _STEP):
        step = min(_STEP, count - begin)
        texts = [_texts(words, begin, step, n, chance) for n, words in enumerate(known)]
        for at in range(begin, begin + step):
            title, body, names = next(texts[at % len(known)])
            yield _made(at, count, title, body, names, chance)


def _texts(
    words: _Words, begin: int, step: int, turn: int, chance: np.random.Generator
) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    numbers = [n for n in range(begin, begin + step) if n % len(LANGUAGES) == turn]
    sizes = words.sizes(len(numbers))
    drawn = words.draw(sum(sizes) + 8 * len(numbers))
    lengths = chance.integers(8, 26, (len(numbers), 2)).tolist()
    at = 0
    for number, size, (short, long) in zip(numbers, sizes, lengths, strict=True):
        title, body = drawn[at : at + 8], drawn[at + 8 : at + 8 + size]
        at += 8 + size
        names = planted_in(number)
        for name in names:
            body.insert((number * 7 + name) % len(body), PLANTED[words.language][name])
        pause = (short + long) // 2
        ends = [*range(pause, len(body), pause), len(body)]
        yield words.text(title, [len(title)]), words.text(body, ends), names


def planted_in(place: int) -> tuple[int, ...]:
    """Return which names the story at this place (from 0) has."""
    turn = place // len(LANGUAGES)
    return tuple(n for n, rate in enumerate(RATES) if turn % rate == _OFFSETS[n] % rate)


def planted_count(count: int, language: str, name: int) -> int:
    """Return how many of so many stories have a name."""
    first = LANGUAGES.index(language)
    turns = len(range(first, count, len(LANGUAGES)))
    return len(range(_OFFSETS[name] % RATES[name], turns, RATES[name]))


def _made(
    at: int, count: int, title: str, body: str, names: tuple[int, ...], chance: np.random.Generator
) -> Made:
    language = LANGUAGES[at % len(LANGUAGES)]
    outlet = int(_OUTLETS ** chance.random())
    return Made(
        number=at + 1,
        language=language,
        country=_COUNTRIES[language],
        outlet=f"{language}-{outlet}",
        title=title,
        body=body,
        first_seen_at=_FIRST_SEEN + timedelta(days=_DAYS) * (at / count),
        names=names,
    )
