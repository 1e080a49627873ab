"""Whatever a person types, a command says what is wrong with it and where."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from harborwatch.commands import main


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty archive."""
    folder = tmp_path_factory.mktemp("home")
    assert CliRunner().invoke(main, ["--home", str(folder), "init"]).exit_code == 0
    return folder


# What a shell hands over for bytes that are no UTF-8 are halves of surrogate pairs.
WRONG = [
    "\udcff",
    "@\udcff",
    "lang:\udcff",
    '"\udcff',
    "outlet:\udcff",
    "titel:\x1b[31m\u202ea",
    "(",
]
RIGHT = ["a\udcff", "title:\u202ea", "\ufeffASEAN", "outlet:an\x00tara a", "a\u200f AND\u200f b"]


@pytest.mark.parametrize("command", [["search"], ["search", "--count"], ["watches", "try"]])
@pytest.mark.parametrize("typed", WRONG)
def test_a_wrong_question_is_an_error_in_plain_text(
    home: Path, command: list[str], typed: str
) -> None:
    """The status is 2, the place has a caret, and no control character reaches the terminal."""
    done = CliRunner().invoke(main, ["--home", str(home), *command, typed])
    assert done.exit_code == 2, done.exception
    assert "^" in done.output
    assert not set(done.output) & {"\x1b", "\u202e", "\udcff"}


@pytest.mark.parametrize("command", [["search"], ["search", "--count"], ["watches", "try"]])
@pytest.mark.parametrize("typed", RIGHT)
def test_what_cannot_be_seen_does_no_harm(home: Path, command: list[str], typed: str) -> None:
    """Half letters, direction marks and NUL in a good question are passed over."""
    done = CliRunner().invoke(main, ["--home", str(home), *command, typed])
    assert done.exit_code in {0, 1}, done.exception
