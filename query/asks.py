"""What a full-text index can be asked, whatever its own language.

`index` makes these from a query, once for every index; `fts5` and `tsearch`
write them down for theirs.
"""

from dataclasses import dataclass

from query.syntax import Field

#: characters after which an index may cut a token: PostgreSQL's lexemes end at
#: 2,046 bytes (tsearch/ts_type.h, MAXSTRLEN), and a character takes up to four
LONGEST_TOKEN = 500


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens that follow one another in one field."""

    tokens: tuple[str, ...]
    #: the last token may go on
    prefix: bool
    #: None: headline or body
    field: Field | None


@dataclass(frozen=True, slots=True)
class Beside:
    """Both stand in one field, in any order, with at most so many tokens between them."""

    left: Words
    right: Words
    distance: int


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of two or more parts holds."""

    parts: tuple["Ask", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds, and nothing that is barred."""

    parts: tuple["Ask", ...]
    barred: tuple["Ask", ...] = ()


Ask = Words | Beside | AnyOf | AllOf
