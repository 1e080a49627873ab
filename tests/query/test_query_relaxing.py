"""Relaxing: what misses a query by one clause."""

import pytest

from query import Document, match, parse
from query.relaxing import LONGEST, misses

TEXT = Document.of(title="Forum opens", body="Ministers of ten countries came to Nanning today.")


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("forum AND nanning AND guilin", ["it has no guilin"]),
        ("forum NOT nanning", ["it has nanning"]),
        ("ten NEAR/1 nanning", ["ten and nanning are not within 1 words"]),
        ("nanning ONEAR/9 ten", ["nanning and ten are not in this order within 9 words"]),
        ("forum AND (ten NEAR/1 nanning)", ["ten and nanning are not within 1 words"]),
        ("guilin OR (forum AND (beihai OR hanoi))", ["it has no (beihai OR hanoi)"]),
        ("title:(forum AND closes)", ["it has no closes in its title"]),
        ("forum lang:zh", ["it has no lang:zh"]),
        ("beihai AND hanoi", []),
        ("forum AND nanning", []),
        ("hanoi", []),
    ],
)
def test_a_story_misses_by_the_clause_named(query: str, missing: list[str]) -> None:
    """A story answers the question of a near miss exactly if that clause alone fails."""
    found = [one.missing for one in misses(parse(query)) if match(one.query, TEXT)]
    assert found == missing


def test_no_match_is_a_near_miss() -> None:
    """What answers the query answers no question for its near misses."""
    query = "(forum AND ten) OR (nanning AND ministers) OR (ten NEAR/5 countries)"
    assert match(parse(query), TEXT)
    assert misses(parse(query))
    assert not any(match(one.query, TEXT) for one in misses(parse(query)))


def test_a_long_clause_is_cut() -> None:
    """A clause of many names is shown by its beginning."""
    names = " OR ".join(f"nama{chr(97 + n % 26)}" for n in range(100))
    first, _ = misses(parse(f"({names}) AND forum"))
    assert first.missing.startswith("it has no (namaa OR")
    assert len(first.missing) < LONGEST + 20
