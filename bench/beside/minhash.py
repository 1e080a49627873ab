"""Groups of like texts as datasketch and rensa find them: MinHash and LSH, as both recommend."""

from collections.abc import Callable, Mapping, Sequence, Set
from importlib.util import find_spec

PERMUTATIONS, ALIKE, BANDS = 128, 0.5, 32

#: word triples of a text by its name, in the order in which texts come
Shingled = Sequence[tuple[str, Set[str]]]


def shingles(words: Sequence[str]) -> set[str]:
    """Return a text's word triples."""
    return {" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))}


def datasketch(texts: Shingled) -> dict[str, str]:
    """Return the group of each text, called by one of its texts."""
    from datasketch import MinHash, MinHashLSH

    index, joined = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS), _Joined()
    for name, triples in texts:
        hashed = MinHash(num_perm=PERMUTATIONS)
        hashed.update_batch([triple.encode() for triple in triples])
        for near in index.query(hashed):
            joined.join(name, near)
        index.insert(name, hashed)
    return {name: joined.root(name) for name, _ in texts}


def rensa(texts: Shingled) -> dict[str, str]:
    """Return the group of each text, called by one of its texts."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=BANDS)
    joined, hashes = _Joined(), []
    for at, (name, triples) in enumerate(texts):
        hashed = RMinHash(num_perm=PERMUTATIONS, seed=42)
        hashed.update(sorted(triples))
        for near in index.query(hashed):
            if hashes[near].jaccard(hashed) >= ALIKE:
                joined.join(name, texts[near][0])
        index.insert(at, hashed)
        hashes.append(hashed)
    return {name: joined.root(name) for name, _ in texts}


def installed() -> Mapping[str, Callable[[Shingled], dict[str, str]]]:
    """Return the ways that are installed here; of the others it is said that they are not."""
    found = {}
    for name, way in (("datasketch", datasketch), ("rensa", rensa)):
        if find_spec(name) is None:
            print(f"SKIPPED: {name} is not installed (extra: bench)")
        else:
            found[name] = way
    return found


class _Joined:
    """Groups that grow."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def root(self, name: str) -> str:
        while (up := self._up.get(name, name)) != name:
            name = up
        return name

    def join(self, one: str, other: str) -> None:
        self._up[self.root(one)] = self.root(other)
