"""What the documentation shows of the demo's archive is there."""

import pytest
from click.testing import CliRunner
from docs_blocks import blocks
from played_days import Played

from harborwatch.commands import main

QUERIES = [line for _, block in blocks("query") for line in block.splitlines() if line]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_is_shown_finds_something(played: Played, query: str) -> None:
    """Every example of docs/queries.md finds a story of the demo."""
    done = CliRunner().invoke(main, ["--home", str(played.home), "search", "--count", query])
    assert done.exit_code == 0, done.output
