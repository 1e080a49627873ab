"""Who does the work: one line of the configuration, and what is wrong with it is said."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from harborwatch.commands import main
from harborwatch.config import NAME, load
from harborwatch.tasks.queues import QUEUES
from news import FileError

SHARED = '[engine]\ntasks = "procrastinate"\n'
SERVER = '[archive]\naddress = "postgresql://harborwatch@db.example/harborwatch"\n'


def written(folder: Path, text: str) -> Path:
    (folder / NAME).write_text(text, "utf-8")
    return folder


def test_without_a_word_the_process_does_it_itself(tmp_path: Path) -> None:
    """An empty configuration shares no work."""
    assert not load(written(tmp_path, "")).engine.is_shared
    assert load(written(tmp_path, SHARED + SERVER)).engine.is_shared


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[engine]\ntasks = "procrastinat"\n' + SERVER, 'did you mean "procrastinate"'),
        ('[engine]\ntask = "procrastinate"\n' + SERVER, 'did you mean "tasks"'),
        (SHARED, "harborwatch move"),
        (SHARED + "most_waiting = 0\n" + SERVER, "write 1 or more"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, text: str, said: str) -> None:
    """A wrong word, workers on a file, no page at all: told with file and line."""
    with pytest.raises(FileError, match=said.replace("?", r"\?")) as told:
        load(written(tmp_path, text))
    assert told.value.line == (3 if "most" in text else 2)


def test_a_worker_says_when_there_is_nothing_to_share(tmp_path: Path) -> None:
    """`harborwatch worker` without the line names it, and knows its queues."""
    written(tmp_path, "")
    done = CliRunner().invoke(main, ["--home", str(tmp_path), "worker"])
    assert done.exit_code == 2
    assert 'tasks = "procrastinate"' in done.stderr
    done = CliRunner().invoke(main, ["--home", str(tmp_path), "worker", "--queues", "poll"])
    assert done.exit_code == 2
    assert 'did you mean "polls"' in done.stderr
    helped = CliRunner().invoke(main, ["worker", "--help"]).output
    assert all(queue in helped for queue in QUEUES)
