"""Grouping: what ties say is one event, in whatever order they came."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.grouping.events import Tie
from pipelines.event_groups import groups, numbered

STORIES = range(1, 9)
PAIRS = list(combinations(STORIES, 2))
SCORES = st.dictionaries(
    st.sampled_from(PAIRS), st.integers(-2000, 6000).map(lambda n: n / 1000), max_size=len(PAIRS)
)


def tied(scores: dict[tuple[int, int], float]) -> list[Tie]:
    return [Tie(low=low, high=high, score=s, because="") for (low, high), s in scores.items()]


@given(SCORES, st.randoms(use_true_random=False))
def test_order_changes_no_group(
    scores: dict[tuple[int, int], float], chance: random.Random
) -> None:
    """Stories and ties in any order give the same groups."""
    stories, ties = list(STORIES), tied(scores)
    found = groups(stories, ties)
    chance.shuffle(stories)
    chance.shuffle(ties)
    assert groups(stories, ties) == found


@given(SCORES)
def test_every_story_is_in_one_group(scores: dict[tuple[int, int], float]) -> None:
    """No story is lost or in two groups, and a group is joined by ties above 0."""
    found = groups(STORIES, tied(scores))
    assert sorted(story for group in found for story in group) == list(STORIES)
    for group in found:
        inside = [s for pair, s in scores.items() if set(pair) <= set(group)]
        assert len(group) == 1 or max(inside) >= 0


@given(SCORES, SCORES)
def test_strangers_change_no_group(
    here: dict[tuple[int, int], float], there: dict[tuple[int, int], float]
) -> None:
    """Stories that no tie leads to are grouped by themselves: what is grouped anew is enough."""
    away = {(low + 100, high + 100): score for (low, high), score in there.items()}
    apart = [story + 100 for story in STORIES]
    both = groups([*STORIES, *apart], tied({**here, **away}))
    assert both == sorted(groups(STORIES, tied(here)) + groups(apart, tied(away)))


def test_the_mean_decides() -> None:
    """Two pairs are one group if their stories are tied on average, not if two of them are."""
    pairs = {(1, 2): 2.0, (3, 4): 2.0, (1, 3): 1.0}
    assert groups([1, 2, 3, 4], tied(pairs)) == [(1, 2), (3, 4)]
    whole = pairs | {(1, 4): 1.0, (2, 3): 1.0, (2, 4): 1.0}
    assert groups([1, 2, 3, 4], tied(whole)) == [(1, 2, 3, 4)]


def test_sure_groups_are_not_joined_by_weak_ties() -> None:
    """Two groups bound by sure ties stay apart where weak ones lead from one to the other."""
    across = dict.fromkeys([(1, 3), (1, 4), (2, 3), (2, 4)], 0.5)
    assert len(groups([1, 2, 3, 4], tied({(1, 2): 6.0, (3, 4): 6.0, **across}))) == 2
    assert len(groups([1, 2, 3, 4], tied({(1, 2): 0.6, (3, 4): 0.6, **across}))) == 1


@pytest.mark.parametrize(
    ("found", "was", "kept"),
    [
        ([(1, 2, 3)], {1: 7, 2: 7, 3: 9}, {(1, 2, 3): 7}),
        ([(1, 2), (3,)], {1: 7, 2: 7, 3: 7}, {(1, 2): 7, (3,): None}),
        ([(1,), (2,)], {1: 7, 2: 7}, {(1,): 7, (2,): None}),
        ([(1, 2)], {1: 9, 2: 7}, {(1, 2): 7}),
        ([(1, 3), (2, 4)], {1: 7, 2: 7, 3: 8, 4: 7}, {(1, 3): 8, (2, 4): 7}),
    ],
)
def test_a_number_stays_with_most(
    found: list[tuple[int, ...]], was: dict[int, int], kept: dict[tuple[int, ...], int | None]
) -> None:
    """An event keeps its number where most of its stories are, among equals the oldest."""
    assert numbered(found, was) == kept
