"""Words of five made-up languages, drawn as often as words of the press are.

Frequencies follow Zipf and Mandelbrot: the word of rank r comes with a weight
of 1 / (r + 2.7). Frequent words are short. The letters are those of the
language; the words are nonsense, so that nothing is taken from anyone.
"""

import bisect
import random
from dataclasses import dataclass
from itertools import accumulate

#: different words of a language; a story of 2.8 kB uses some 200 of them
WORDS = 30_000

_SYLLABLES = {
    "id": [a + b + c for a in ["", *"bcdgjklmnprst"] for b in "aeiou" for c in ["", "n", "ng", "r"]],
    "en": [a + b + c for a in [*"bcdfghlmnprstw", "th", "st"] for b in ["a", "e", "i", "o", "ou", "ea"] for c in ["", "n", "r", "t", "nd"]],
    "vi": [a + b + c for a in ["b", "c", "đ", "h", "kh", "l", "m", "ng", "nh", "ph", "th", "tr", "v"] for b in "aáàảãạăâeêiíoôơuưuúụ" for c in ["", "n", "ng", "nh", "c", "t", "i"]],
    "th": [a + b + c + d for a in ["", "เ", "แ", "โ"] for b in "กขคจชดตทนบปผพมยรลวสหอ" for c in ["", "ี", "ิ", "ั", "ุ", "า"] for d in ["", "่", "น", "ง", "ก", "ม"]],
}  # fmt: skip
#: the 3,755 everyday characters of GB 2312, level 1
_HAN = "".join(
    bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
    if (row, cell) <= (0xD7, 0xF9)
)  # fmt: skip
UNSPACED = {"zh", "th"}
LANGUAGES = ("id", "en", "vi", "zh", "th")


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language, most frequent first, and the sums of their weights."""

    language: str
    words: list[str]
    weights: list[float]

    @classmethod
    def of(cls, language: str) -> "Vocabulary":
        chance = random.Random(f"words of {language}")
        words: dict[str, None] = {}
        while len(words) < WORDS:
            words.setdefault(_word(chance, language, len(words)))
        return cls(language, list(words), list(accumulate(1 / (r + 2.7) for r in range(WORDS))))

    def draw(self, chance: random.Random) -> str:
        at = bisect.bisect(self.weights, chance.random() * self.weights[-1])
        return self.words[min(at, WORDS - 1)]


def _word(chance: random.Random, language: str, rank: int) -> str:
    # 1 syllable for the first hundred, then 2, 3 for most.
    size = 1 + (rank > 100) + (chance.random() < 0.6 if rank > 500 else 0)
    if language == "zh":
        # Characters are as uneven as words are.
        return "".join(_HAN[int(len(_HAN) ** chance.random()) - 1] for _ in range(size))
    if language == "vi":
        size = 1 + (rank > 700)  # syllables stand apart
        return " ".join(chance.choice(_SYLLABLES["vi"]) for _ in range(size))
    return "".join(chance.choice(_SYLLABLES[language]) for _ in range(size))
