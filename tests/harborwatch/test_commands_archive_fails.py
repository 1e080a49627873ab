"""An archive that fails under a command."""

from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import event
from sqlalchemy.engine import Engine

from harborwatch.commands import main


def test_a_read_only_archive_is_told_in_one_line(home: Path) -> None:
    """An archive that cannot be written ends a command with what is wrong and the next step."""

    def only_read(connection: object, _record: object) -> None:
        connection.execute("PRAGMA query_only=ON")  # type: ignore[attr-defined]

    run = CliRunner()
    run.invoke(main, ["--home", str(home), "watches"])
    event.listen(Engine, "connect", only_read)
    try:
        done = run.invoke(main, ["--home", str(home), "poll"])
    finally:
        event.remove(Engine, "connect", only_read)
    assert done.exit_code == 2, done.output
    assert "readonly" in done.output
    assert "harborwatch doctor" in done.output
    assert "Traceback" not in done.output
