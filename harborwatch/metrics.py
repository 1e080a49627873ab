"""Metrics in Prometheus' text format (version 0.0.4): the archive's sums and the job's pulse."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from archive.collecting import ledger
from archive.grouping import vector_queue
from archive.keeping import matches
from archive.tables import sources
from archive.telling import outbox
from harborwatch.pulse import Pulse
from harborwatch.tasks.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A name with what it means and its values by label."""

    name: str
    help: str
    #: "counter" only grows; "gauge" goes up and down
    kind: str
    #: by the value of its one label
    values: Mapping[str, float]
    #: "" for a metric with one value
    label: str = ""


def of_archive(db: Connection, now: datetime) -> list[Metric]:
    """Return what the archive knows: addresses, stories, queues, sources, deliveries."""
    sums, vectors = ledger.sums(db), vector_queue.count(db)
    states = Counter(one.state for one in ledger.source_states(db))
    addresses = {"fetched": sums.fetched, "waiting": sums.waiting, "gone": sums.gone}
    kept = {"pages": sums.pages, "stories": sums.stories, "copies": sums.copies}
    kept |= {"revisions": sums.revisions, "events": sums.events}
    queues = {"to_match": matches.count_unmatched(db)}
    queues |= {"to_embed_wanted": vectors.wanted, "to_embed_rest": vectors.rest}
    return [
        _many("polls_total", "Visits to sources.", "counter", {"": sums.polls}),
        _many("addresses", "Addresses seen, by where they stand.", "gauge", addresses, "state"),
        _many("refused", "Addresses refused, by reason.", "gauge", sums.refused, "reason"),
        _many("kept", "What the archive holds.", "gauge", kept, "what"),
        _many("matched", "Stories that watches found.", "gauge", {"": sums.matched}),
        _many("queue", "What waits.", "gauge", queues, "queue"),
        _many("deliveries", "Deliveries by state.", "gauge", outbox.count(db), "state"),
        _many("sources", "Sources by how their last poll ended.", "gauge", states, "state"),
        *_last_polls(db, now),
    ]


def of_tasks(tasks: Standing) -> list[Metric]:
    """Return what waits for workers, and how many there are."""
    known = {"alive": len(tasks.alive), "silent": len(tasks.silent)}
    return [
        _many("tasks", "Tasks that wait for a worker.", "gauge", tasks.waiting, "queue"),
        _many("pages_waiting", "Pages kept and not settled.", "gauge", {"": tasks.pages}),
        _many("workers", "Workers, by whether they were heard of.", "gauge", known, "state"),
    ]


def of_pulse(pulse: Pulse) -> list[Metric]:
    """Return what the job has done since it started."""
    return [
        _many("rounds_total", "Rounds that ended.", "counter", pulse.rounds, "job"),
        _many("round_errors_total", "Rounds that failed.", "counter", pulse.errors, "job"),
        _many("round_seconds_total", "Time in rounds.", "counter", pulse.seconds, "job"),
        _many("reloads_total", "Configurations read again.", "counter", pulse.reloads, "outcome"),
        _many("healthy", "1 where all is well.", "gauge", {"": float(not pulse.trouble())}),
    ]


def written(metrics: Iterable[Metric]) -> str:
    """Return metrics as Prometheus reads them."""
    return "".join(line for one in metrics if one.values for line in _lines(one))


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}\n# TYPE {metric.name} {metric.kind}\n"
    for value, number in sorted(metric.values.items()):
        label = f'{{{metric.label}="{_escaped(value)}"}}' if metric.label else ""
        yield f"{metric.name}{label} {number:.17g}\n"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _many(name: str, said: str, kind: str, values: Mapping[str, float], label: str = "") -> Metric:
    return Metric(name=f"harborwatch_{name}", help=said, kind=kind, values=values, label=label)


def _last_polls(db: Connection, now: datetime) -> Iterator[Metric]:
    newest = select(func.max(sources.c.last_poll_at), func.max(sources.c.last_good_at))
    poll, good = db.execute(newest.where(sources.c.dropped.is_(False))).one()
    values = {"any": poll, "good": good}
    ages = {name: (now - at).total_seconds() for name, at in values.items() if at is not None}
    help_text = "Seconds since the last poll."
    yield _many("last_poll_age_seconds", help_text, "gauge", ages, "outcome")
