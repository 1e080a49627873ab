"""The log: plain lines for a person, or JSON lines with the ids of what they speak of."""

import json
import logging
from datetime import UTC, datetime

import click

from harborwatch.running import LogConfig

#: what a line may name, given as `extra`
IDS = (
    "outlet", "source", "outcome", "page", "story", "revision", "reason",
    "digest", "delivery", "target", "subscriber", "job", "seconds",
)  # fmt: skip
#: our packages; those of others speak up only where something is wrong
_OURS = ("news", "query", "archive", "pipelines", "crawler", "alerts", "harborwatch")
_PLAIN = "%(levelname)s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how grave, who, what, and the ids of what it is about."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "text": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in IDS if hasattr(record, name)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up(config: LogConfig) -> None:
    """Let the log be written so, on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if config.format == "json" else logging.Formatter(_PLAIN))
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, logging.StreamHandler)]:
        if type(old) is logging.StreamHandler:  # what a test listens with stays
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(config.level.upper())


def complain(text: str) -> None:
    """Say what ends this process: to a person, or as a line of the JSON log."""
    if is_json():
        logging.getLogger(__name__).error(text)
    else:
        click.secho(text, fg="red", err=True)


def is_json() -> bool:
    """Return whether the log is in JSON lines now."""
    return any(isinstance(one.formatter, JsonLines) for one in logging.getLogger().handlers)
