"""The message round a digest: headers that cannot be forged from a story.

Every value that is not our own is cleaned first, and the standard library's
policy refuses line ends in headers on top of that.
"""

import hashlib
import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr
from typing import Literal

from alerts.clean import clean, isolated, shorten
from alerts.weight import quoted_is_shorter
from alerts.wording import wording_for
from news import ChannelError, Subscriber, Target

#: characters of a link in a header, beside the address to which one may write instead
LINK = 600
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,120}@[!-;=?A-~]{1,255}>")
#: Characters of a subject and of a name; characters of an address (RFC 5321, 4.5.3.1.3).
SUBJECT, NAME, ADDRESS = 150, 80, 254
#: before the subject of a mail that goes on from another (RFC 5322, 3.6.5), in every language
AGAIN = "Re: "


class _Whole(UnstructuredHeader):
    """A header on one line of its own.

    The standard library folds long ids and addresses into encoded words,
    which no reader takes for an id. Ours are far below the 998 of RFC 5322.
    """

    name: str

    def fold(self, *, policy: Policy) -> str:
        """Return the header as it is."""
        return f"{self.name}: {self}{policy.linesep}"


def _policy() -> Policy:
    headers = HeaderRegistry()
    for name in (
        "in-reply-to",
        "references",
        "list-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
    ):
        # typeshed asks for a BaseHeader, which the registry itself mixes in.
        headers.map_to_type(name, _Whole)  # type: ignore[arg-type]
    # 7bit: quoted-printable and base64 pass every relay, signed or not.
    return SMTP.clone(cte_type="7bit", header_factory=headers)


_POLICY = _policy()


def message_id(subscriber: Subscriber, slot: str, target: Target, sender: str) -> str:
    """Return the Message-ID of that digest for that target: always the same one."""
    named = f"{subscriber.id}\0{slot}\0{target.channel}\0{target.address}"
    digest = hashlib.sha256(named.encode(errors="replace")).hexdigest()[:32]
    return f"<{digest}@{mail_address(sender).domain}>"


def envelope(
    *,
    subscriber: Subscriber,
    sender: str,
    target: Target,
    now: datetime,
    subject: str,
    identity: str,
    thread: str | None = None,
    stop: str = "",
) -> EmailMessage:
    """Return a message with all of its headers and no body yet.

    `identity` is its Message-ID, `thread` the one that it continues, `stop` the https
    address that ends these mails with one click (RFC 8058), where there is one. Raises
    ChannelError for an address that no mail can go to or come from, and
    ValueError for a thread that is no Message-ID.
    """
    origin = mail_address(sender)
    message = EmailMessage(policy=_POLICY)
    limit = SUBJECT + len(AGAIN) if subject.startswith(AGAIN) else SUBJECT
    message["Subject"] = isolated(_for_header(subject, limit))
    message["From"] = origin
    message["To"] = mail_address(target.address, name=subscriber.name)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = identity
    message["List-Id"] = f"Harborwatch <{_label(subscriber.id)}.harborwatch.{origin.domain}>"
    # A header is one line of at most 998 characters (RFC 5322, 2.1.1).
    stop = stop if len(stop) <= LINK else ""
    ways = [f"<{stop}>"] if stop else []
    message["List-Unsubscribe"] = ", ".join([*ways, f"<{unsubscribe(subscriber, sender)}>"])
    if stop.startswith("https:"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    if thread is not None:
        if not _MESSAGE_ID.fullmatch(thread):
            raise ValueError(f"{thread!r} is no Message-ID; it looks like <name@domain>")
        message["In-Reply-To"] = message["References"] = thread
    return message


def fill(message: EmailMessage, language: str, text: str, page: str = "") -> None:
    """Put the text, and the page beside it, into a message; say in which language they are."""
    message.set_content(text, cte=_encoding(text))
    if page:
        message.add_alternative(page, subtype="html", cte=_encoding(page))
    # Last: setting content drops every header that describes content.
    message["Content-Language"] = language


def _encoding(text: str) -> Literal["quoted-printable", "base64"]:
    """Return the shorter encoding of a text.

    The standard library looks at ten lines, which in our pages are style: Thai
    and Chinese after them became three times as long.
    """
    return "quoted-printable" if quoted_is_shorter(text) else "base64"


def unsubscribe(subscriber: Subscriber, sender: str) -> str:
    """Return the mailto address that stops these mails."""
    return f"mailto:{mail_address(sender).addr_spec}?subject=unsubscribe%20{_label(subscriber.id)}"


def mail_address(text: str, name: str = "") -> Address:
    """Read "a@b.example" or "Name <a@b.example>"; raises ChannelError for anything else."""
    shown, plain = parseaddr(text)
    try:
        address = Address(display_name=_for_header(name or shown, NAME), addr_spec=plain)
        whole = address.domain and clean(text) == text and plain.isascii() and plain in text
        whole = whole and "=?" not in plain and len(plain) <= ADDRESS
    except (HeaderParseError, ValueError, IndexError) as error:
        raise _no_address(text) from error
    if not whole:
        raise _no_address(text)
    return address


def test_message(subscriber: Subscriber, sender: str, target: Target, now: datetime) -> bytes:
    """Return a short message that shows the way to this target is open.

    Raises ChannelError as `envelope` does.
    """
    wording = wording_for(subscriber.language)
    message = envelope(
        subscriber=subscriber,
        sender=sender,
        target=target,
        now=now,
        subject=wording.trial_subject,
        identity=message_id(subscriber, f"test:{now.isoformat()}", target, sender),
    )
    names = {
        "name": isolated(shorten(subscriber.name or subscriber.id, NAME)),
        "address": target.address,
    }
    fill(message, wording.language, wording.trial_body.format(**names) + "\n")
    return message.as_bytes()


def _for_header(text: str, limit: int) -> str:
    """Clean a text for a header, where "=?" would begin an encoded word.

    Found by test: the standard library decodes such a word in a value that
    it is given, and writes the line end hidden in it as a line end.
    """
    return shorten(text, limit - limit // 10).replace("=?", "= ?")[:limit]


def _no_address(text: str) -> ChannelError:
    hint = "write it as name@domain.example, in ASCII letters"
    return ChannelError(f"{text!r} is no mail address", permanent=True, hint=hint)


def _label(name: str) -> str:
    """Return a name as a part of a domain: letters, digits, hyphens, at most 40."""
    label = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    if label == name:
        return label
    # Names in other scripts would all become the same label.
    return (
        f"{label or 'subscriber'}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
    )
