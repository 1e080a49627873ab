"""The mail server: it answers, talks safely and lets us in; nothing is sent."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from alerts.smtp import Smtp
from harborwatch.config import load
from harborwatch.doctor.findings import Finding
from harborwatch.wiring import channels
from news import ChannelError

#: seconds for each step of the talk: a person waits
_PATIENCE = 10.0


def findings(home: Path) -> Iterator[Finding]:
    """Say whether mail could leave. Raises FileError."""
    config = load(home)
    channel = channels(home, config).get("mail")
    if not isinstance(channel, Smtp) or config.smtp is None:
        text = f"no mail server: digests stay in {home / 'mailbox'}"
        yield Finding(about="mail", state="well", text=text)
        return
    where = f"{channel.host}:{channel.port}"
    try:
        replace(channel, timeout=_PATIENCE).knock()
    except ChannelError as error:
        yield Finding(about="mail", state="wrong", text=error.what, step=error.hint)
        return
    safe = {"none": "without encryption", "starttls": "STARTTLS", "tls": "TLS"}[channel.security]
    login = f"logged in as {channel.user}" if channel.user else "asks for no login"
    text = f"{where} answers, {safe}, {login}"
    if _is_open(channel):
        step = "write smtp+starttls:// or smtps://"
        yield Finding(about="mail", state="odd", text=text, step=step)
    else:
        yield Finding(about="mail", state="well", text=text)


def _is_open(channel: Smtp) -> bool:
    """Return whether mails leave this machine for all to read."""
    return channel.security == "none" and channel.host not in {"localhost", "127.0.0.1", "::1"}
