"""What alerts you is what you find: matcher, index and naive evaluator agree."""

import random
import re
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from query_oracles import answers
from query_questions import KINDS, a_question
from query_worlds import telling

from news import QueryError


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_matcher_index_and_naive_evaluator_agree(chance: random.Random) -> None:
    """For every story and query the matcher says yes exactly if the search returns it."""
    stories = [telling(chance) for _ in range(3)]
    with suppress(QueryError):
        answers(stories, a_question(chance, stories[0]))


def test_the_generator_asks_with_every_operator() -> None:
    """Every operator is in at least 5 % of the yes and of the no cases; a third are yes."""
    chance, yes, no = random.Random(18092018), Counter(), Counter()
    while yes["all"] + no["all"] < 800:
        story = telling(chance)
        asked = a_question(chance, story)
        try:
            found = answers([story], asked)
        except QueryError as error:
            assert "reading every story" in str(error)  # noqa: PT017 - few are refused
            continue
        (yes if found else no).update({*asked.kinds, "all"})
    assert yes["all"] > (yes["all"] + no["all"]) / 3
    for kind in KINDS:
        assert yes[kind] >= yes["all"] * 0.05, kind
        assert no[kind] >= no["all"] * 0.05, kind


@pytest.mark.parametrize(
    "name", ["query_worlds", "query_subjects", "query_questions", "query_naive"]
)
def test_the_naive_evaluator_is_a_witness(name: str) -> None:
    """The naive evaluator, its stories and questions share no code with the product."""
    source = (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(from|import) (query|news|archive)\b", source, re.MULTILINE)
