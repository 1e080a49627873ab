"""The mail server: it answers, talks safely and lets us in; nothing is sent."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from alerts.dkim_signing import Dkim
from alerts.envelope import mail_address
from alerts.smtp import Smtp
from harborwatch.config import Config, load
from harborwatch.doctor.findings import Finding
from harborwatch.wiring import channels
from news import ChannelError

#: seconds for each step of the talk: a person waits
_PATIENCE = 10.0


def findings(home: Path) -> Iterator[Finding]:
    """Say whether mail could leave. Raises FileError."""
    config = load(home)
    if config.dkim is not None:
        yield from _signing(config, config.dkim)
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


def _signing(config: Config, dkim: Dkim) -> Iterator[Finding]:
    """Say which record lets others check the signatures; whether it is there is not asked."""
    text = f"mails are signed; publish {dkim.record_name} IN TXT {dkim.record_strings}"
    origin = mail_address(config.mail.sender).domain.lower()
    if f".{origin}".endswith(f".{dkim.domain.lower()}"):
        yield Finding(about="mail", state="well", text=text)
    else:
        # DMARC wants the domain of From, or one above it (RFC 7489, 3.1.1).
        step = f"set dkim_domain to {origin}: a signature of another domain helps little"
        yield Finding(about="mail", state="odd", text=text, step=step)
    key = config.path.parent / config.mail.dkim_key_file
    if key.stat().st_mode & 0o077:
        text = f"others on this machine can read {key}"
        yield Finding(about="mail", state="odd", text=text, step=f"chmod 600 {key}")


def _is_open(channel: Smtp) -> bool:
    """Return whether mails leave this machine for all to read."""
    return channel.security == "none" and channel.host not in {"localhost", "127.0.0.1", "::1"}
