"""Anchor shingles: a few of a text's word groups, chosen so that copies choose the same.

FracMinHash (Irber et al. 2022): of all shingles' hashes, keep those below a
fixed share of the range. The beginning of a text is kept more densely, so
that a summary of one or two sentences still meets its original.
"""

import xxhash

from query import Token, fold, tokens

#: words in a shingle; characters in scripts that write without spaces
WORDS, CHARACTERS = 3, 6
#: one in so many shingles is kept; measured with the two below on 17,472
#: documents: pairwise F1 .959, recall of 280-character summaries 1.00
SPARSE = 8
DENSE = 2
#: characters from the start that are kept densely
DENSE_CHARACTERS = 400

_RANGE = 2**64


def anchors(text: str) -> tuple[int, ...]:
    """Return a text's anchors, sorted; twins in other scripts have the same."""
    found = [token for token in tokens(fold(text)) if token.text[0].isalnum()]
    chosen: set[int] = set()
    for at, token in enumerate(found):
        size = CHARACTERS if is_character(token) else WORDS
        shingle = found[at : at + size]
        if len(shingle) < size:
            break
        hashed = xxhash.xxh64_intdigest(" ".join(t.text for t in shingle).encode())
        share = DENSE if shingle[-1].end <= DENSE_CHARACTERS else SPARSE
        if hashed < _RANGE // share:
            chosen.add(hashed)
    return tuple(sorted(chosen))


def is_character(token: Token) -> bool:
    """Return whether a token is one character of a script without spaces."""
    return len(token.text) == 1 and token.text > "\u0e00"
