"""The commands: thin, each in a file of its own, loaded only when it is called."""

import importlib
import logging
import sys
from pathlib import Path
from typing import Any

import click

from harborwatch import logs
from harborwatch.running import LogConfig
from news import HarborwatchError

#: name of the command: its module below and what it does, in one line
COMMANDS = {
    "init": "Make a home folder: configuration, first subscriber, a test message.",
    "run": "Watch: poll, match and deliver until stopped.",
    "worker": "Do work that run hands out: one of many processes on one archive.",
    "web": "The archive as a page: search, events, stories, sources, digests.",
    "poll": "One round by hand.",
    "search": "Find stories in the archive; count, export or save them.",
    "searches": "List the searches that were saved.",
    "export": "Kept pages for other programs: WARC, what web archives read.",
    "explain": "What became of an address or a story, and why; why a query finds it or not.",
    "events": "List the events, or show one: facts, conflicts, what each report adds.",
    "topics": "List the topics, show the names of one, or check a changed file.",
    "subscribers": "List who is told, or change who was added by command.",
    "watches": "List the watches, add, change or remove one, or try a query first.",
    "sources": "List the sources with their state; probe those that fail.",
    "outlets": "List the outlets, check one, draft a new one; import and export OPML.",
    "digests": "List digests, show one, what waits in the outbox; send again what was given up.",
    "ledger": "What was seen, kept, matched and delivered, and why anything was not.",
    "backfill": "Find an outlet's stories of a range of days; searchable, never mailed.",
    "vectors": "Make the vectors that stories wait for, which events are grouped by.",
    "replay": "Read every kept page again into a new archive.",
    "try": "Read saved pages, feeds or stories as the pipeline does, many in one call.",
    "doctor": "Look for what is wrong: configuration, archive, clock, disk, mail, sources.",
    "backup": "Write the archive into one checked file, while it is in use.",
    "restore": "Make the archive of such a file again.",
    "move": "Copy the archive from SQLite to PostgreSQL; killed, it goes on.",
    "demo": "Play the replica outlets on this machine, from polls to a digest.",
}


#: a word of Python's own is no name of a module
_MODULES = {"try": "try_out"}


class _Lazy(click.Group):
    """A group that imports a command when it is called: search must not wait for Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = _MODULES.get(cmd_name, cmd_name)
        module = importlib.import_module(f"harborwatch.commands.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HarborwatchError as error:
            logs.complain(f"harborwatch: {error}")
            sys.exit(2)
        except Exception as error:
            if not (said := _of_archive(error)):
                raise
            logs.complain(f"harborwatch: {said}")
            sys.exit(2)


def _of_archive(error: Exception) -> str:
    """Return what is to be said of an archive that fails: full, read only, damaged; "" of other errors."""
    # Who has not loaded it has met no error of it.
    known = sys.modules.get("sqlalchemy.exc")
    if known is None or not isinstance(error, known.DBAPIError):
        return ""
    if isinstance(error, (known.IntegrityError, known.ProgrammingError, known.DataError)):
        return ""  # a fault of ours: its trace is wanted
    cause = str(error.orig).strip()
    return f"the archive fails: {cause}; look at its disk and rights, or run harborwatch doctor"


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="HARBORWATCH_HOME",
    help="Folder of configuration, archive and mailbox (HARBORWATCH_HOME).",
)
@click.option("--log-json", is_flag=True, help="Log as JSON lines with ids, every step.")
@click.version_option(package_name="harborwatch")
@click.pass_context
def main(ctx: click.Context, home: Path | None, *, log_json: bool) -> None:
    """Watch the news of ten countries in ten languages, and miss nothing.

    Exit status: 0 done, 1 nothing found, 2 wrong input or configuration.
    """
    if log_json:
        logs.set_up(LogConfig(format="json", level="info"))
    else:
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # A host that does not answer is told as the poll's outcome, without a traceback.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    ctx.obj = home
