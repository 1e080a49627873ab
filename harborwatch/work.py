"""The work of one round: poll, match, issue, deliver; each can be done by itself."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from alerts.delivering import Delivered, deliver_due
from alerts.falling_back import fall_back_due
from alerts.health import tell_operator
from alerts.issuing import issue_due
from alerts.links import Links
from alerts.matching import match_new
from alerts.surging import tell_surges
from archive.collecting import ledger, notices
from crawler.cycle import Report, run_cycle
from harborwatch.wiring import Program
from news import Digest
from pipelines import pruning, purging, vectors
from pipelines.event_settling import Settler
from pipelines.vectors import Done

_log = logging.getLogger(__name__)

#: seconds that digests wait for the vectors of stories just found by a watch or topic
UNDERSTAND_FIRST = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was matched, issued and delivered."""

    matches: int
    digests: Sequence[Digest]
    #: watches whose day brought far more than expected
    surges: int = 0
    delivered: Delivered = field(default_factory=Delivered)


async def poll(
    program: Program,
    *,
    outlets: Sequence[str] | None = None,
    stop: asyncio.Event | None = None,
    restart: bool = True,
) -> Report:
    """Poll what is due, fetch and read what is new; `restart` as for `run_cycle`."""
    tools = program.tools
    # Where workers share the work, pages that wait are theirs, and the crawl only keeps more.
    restart = restart and not program.config.engine.is_shared
    return await run_cycle(tools, program.settings, outlets=outlets, stop=stop, restart=restart)


async def poll_all(program: Program, *, outlets: Sequence[str] | None = None) -> Report:
    """Poll as `poll` does, and go on until no page waits that could be fetched now.

    One round asks a host for no more pages than its claims allow; who runs on begins
    the next round soon, but a command is to end with nothing left.
    """
    report = more = await poll(program, outlets=outlets)
    while more.asked:
        # What could not be read at first is not tried again in each round.
        more = await poll(program, outlets=(), restart=False)
        report += more
    return report


async def tell(program: Program) -> Told:
    """Match what was stored, issue what is due, deliver what is open."""
    told = await issue(program)
    return replace(told, delivered=await deliver(program))


async def issue(program: Program) -> Told:
    """Match what was stored, and issue what is due; delivering it is another matter."""
    # In threads: matching thousands of stories must not stop the loop that talks to the outlets.
    tools = program.tools
    found = await asyncio.to_thread(match_new, tools.archive, tools.topics, tools.clock)
    # An alert that knew no vector would tell as new what a moment later joins a told event.
    await understand(program, UNDERSTAND_FIRST, rest=False)
    now, sender = tools.clock.now(), program.sender
    issued = await asyncio.to_thread(issue_due, tools.archive, sender, now)
    surges = await asyncio.to_thread(tell_surges, tools.archive, sender, now, program.pasts)
    return Told(matches=found, digests=issued, surges=surges)


async def deliver(program: Program, stop: Callable[[], bool] = lambda: False) -> Delivered:
    """Deliver what is open, what the operator is told too; begin nothing more when `stop` says so."""
    await asyncio.to_thread(tell_the_operator, program)
    return await asyncio.to_thread(deliver_open, program, stop)


def deliver_open(program: Program, stop: Callable[[], bool] = lambda: False) -> Delivered:
    """Deliver what is due, and by the fall-back what does not get through."""
    tools = program.tools
    sent = deliver_due(tools.archive, program.channels, tools.clock, stop)
    now, sender = tools.clock.now(), program.sender
    links = Links(url=sender.public_url, signer=sender.signer, now=now)
    if stop() or not fall_back_due(tools.archive, sender.address, now, links):
        return sent
    second = deliver_due(tools.archive, program.channels, tools.clock, stop)
    return Delivered(
        sent=sent.sent + second.sent,
        failed=sent.failed + second.failed,
        dead=sent.dead + second.dead,
    )


def note_errors(program: Program) -> None:
    """Write down errors of ours for whoever tells the operator of them, and for the doctor."""
    noticed, tools = program.noticed, program.tools
    if noticed is not None and (errors := noticed.found()):
        with tools.archive.write() as db:
            notices.begin_all(db, "error", errors, tools.clock.now())
        noticed.forget(errors)


def tell_the_operator(program: Program) -> None:
    """Put a mail into the outbox where something is wrong with the watch itself."""
    operator, noticed = program.config.operator, program.noticed
    if operator is None or noticed is None:
        return
    errors, tools = noticed.found(), program.tools
    tell_operator(tools.archive, operator, program.sender, errors, tools.clock.now())
    noticed.forget(errors)


async def understand(program: Program, seconds: float, *, rest: bool = True) -> Done:
    """Make vectors for the stories that wait for one, the watched first, for so long.

    `rest` says whether for those too that nothing was found in.
    """
    if program.embedder is None:
        return Done()
    tools = program.tools
    settler = Settler.of(tools.topics)
    return await vectors.work(tools.archive, settler, program.embedder, seconds=seconds, rest=rest)


async def tidy(program: Program) -> None:
    """Do what keeps the archive quick, and let it learn what vectors are measured against."""
    archive, now = program.tools.archive, program.tools.clock.now()
    if program.embedder is not None:
        await asyncio.to_thread(vectors.learn, archive, Settler.of(program.tools.topics))
    await asyncio.to_thread(pruning.prune, archive, now)
    keeps = program.config.keeps
    gone = await asyncio.to_thread(
        purging.purge, archive, now, pages=keeps.pages, stories=keeps.stories
    )
    if gone.pages or gone.stories:
        _log.info("purged %s stories and the bytes of %s pages", gone.stories, gone.pages)
    await asyncio.to_thread(archive.tidy)


def answering(program: Program) -> str:
    """Say how many outlets have answered yet, and what to do; "" where all of them have."""
    with program.tools.archive.read() as db:
        good, asked = ledger.answering(db)
    if good == asked:
        return ""
    return f"{good} of {asked} outlets answer; run `harborwatch sources probe`"


def said(report: Report, told: Told) -> str:
    """Return one line about a round."""
    parts = [f"polled {sum(report.polls.values())} sources{_counted(report.polls, 'good')}"]
    parts.append(f"{report.shown} entries, {report.new} new")
    parts.append(f"{report.stored} stored{_counted(report.dropped, 'unchanged', 'known')}")
    if told.matches:
        parts.append(f"{told.matches} matches")
    if told.digests:
        parts.append(f"{len(told.digests)} digests")
    if told.surges:
        parts.append(f"{told.surges} surges")
    if told.delivered.sent:
        parts.append(f"{told.delivered.sent} sent")
    if told.delivered.failed or told.delivered.dead:
        parts.append(f"{told.delivered.failed} to try again, {told.delivered.dead} given up")
    if report.cut_off:
        parts.append(f"no host answers: our own outage, {report.cut_off} sources wait")
    if report.errors:
        parts.append(f"{report.errors} errors, see the log")
    return " · ".join(parts)


def _counted(counts: Mapping[str, int], *plain: str) -> str:
    """Return what is not plain, in parentheses."""
    odd = [f"{n} {name}" for name, n in sorted(counts.items()) if name not in plain]
    return f" ({', '.join(odd)})" if odd else ""
