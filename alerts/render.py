"""Render a digest as a mail: plain text and HTML, under 100 KB, script-free.

Digest ─ view (words, bounds) ─ templates ─ styles inlined ─ envelope ─► Rendered
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from functools import cache
from importlib.resources import files

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from alerts.clean import isolated
from alerts.columns import width, wrap
from alerts.envelope import AGAIN, envelope, fill, message_id, unsubscribe
from alerts.links import Links
from alerts.signing import Signer
from alerts.views import DigestView, summary, view
from alerts.weight import fitting
from alerts.wording import Wording, wording_for
from news import Digest, Target

#: Bytes of the whole message. Gmail hides what is beyond 102 KB of HTML.
LARGEST = 100_000
#: Cards in full and lines a section holds at most; nobody reads further.
CARDS, BRIEFS, FEWEST_BRIEFS = 60, 20, 2
#: Bytes kept for the headers, which hold two names, addresses and a subject.
HEADERS = 3_000
#: Columns of the plain text.
COLUMNS = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A digest, ready to be handed to a channel."""

    subject: str
    text: str
    html: str
    #: the whole message as RFC 5322 bytes
    message: bytes
    message_id: str


def render(  # noqa: PLR0917 - a mail is all of these
    digest: Digest,
    sender: str,
    target: Target,
    now: datetime,
    thread: str | None = None,
    public_url: str = "",
    signer: Signer | None = None,
    answered: str = "",
) -> Rendered:
    """Return the digest as a mail from `sender` to the target, dated `now`.

    `thread` is the Message-ID that an update continues, `answered` the subject that it
    keeps for this (RFC 5322, 3.6.5), where it has none of its own; `public_url` is where readers find
    the archive as a page; with a `signer` they can say no and what a card was worth there.
    Where all cards in full would be over 100 KB, the last ones become lines and then a count.
    Raises ChannelError for addresses that no mail can go to or come from, and
    ValueError for a thread that is no Message-ID.
    """
    links = Links(url=public_url, signer=signer, now=now)
    mail = _Mail(
        digest=digest,
        sender=sender,
        target=target,
        now=now,
        thread=thread,
        answered=answered,
        links=links,
    )
    cards = mail.fitting()
    counted = mail.holding(cards, BRIEFS)
    if len(counted.message) <= LARGEST:
        return counted
    return _largest_that_fits(mail, cards, len(counted.message))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """A digest on its way to one target, its size still open."""

    digest: Digest
    sender: str
    target: Target
    now: datetime
    thread: str | None
    answered: str = ""
    links: Links = field(default_factory=Links)

    def fitting(self) -> int:
        """Count how many cards in full will fit, without rendering them."""
        wording = wording_for(self.digest.subscriber.language)
        most = min(CARDS, len(self.digest.cards))
        return fitting(view(self.digest, wording, most, BRIEFS, self.links), LARGEST - HEADERS)

    def holding(self, cards: int, briefs: int) -> Rendered:
        """Render with so many cards in full and so many lines per section."""
        subscriber = self.digest.subscriber
        wording = wording_for(subscriber.language)
        shown = view(self.digest, wording, cards, briefs, self.links)
        stop = self._stop() or unsubscribe(subscriber, self.sender)
        subject = _subject(self.digest, wording)
        # Without the mail that it goes on from, "Re:" would say nothing.
        again = self.thread and self.answered
        message = self._envelope(AGAIN + self.answered if again else subject)
        text, html = _text(shown, wording, stop), _html(shown, wording, stop)
        fill(message, wording.language, text, html)
        return Rendered(
            subject=str(message["Subject"]),
            text=text,
            html=html,
            message=message.as_bytes(),
            message_id=str(message["Message-ID"]),
        )

    def _envelope(self, subject: str) -> EmailMessage:
        subscriber = self.digest.subscriber
        return envelope(
            subscriber=subscriber,
            sender=self.sender,
            target=self.target,
            now=self.now,
            subject=subject,
            identity=message_id(subscriber, self.digest.slot, self.target, self.sender),
            thread=self.thread,
            stop=self._stop(),
        )

    def _stop(self) -> str:
        """Return the page on which the reader says no, or ""."""
        return self.links.unsubscribe(self.digest.subscriber.id, self.target)


def _largest_that_fits(mail: _Mail, over: int, size: int) -> Rendered:
    """Find how many cards fit in full: `over` of them, of that size, do not.

    Asked only where the count was too low, which no digest of the tests has shown.
    Each try is where a straight line between the last two sizes meets the
    limit: three or four for a digest that halving asks eight times.
    """
    # This one always fits: ten lines of at most 5 KB in both parts, and the frame.
    best, fits = mail.holding(0, FEWEST_BRIEFS), -1
    while over - fits > 1:
        room = (LARGEST - len(best.message)) / max(1, size - len(best.message))
        middle = min(over - 1, max(fits + 1, fits + round((over - fits) * room)))
        tried = mail.holding(middle, BRIEFS)
        if len(tried.message) <= LARGEST:
            best, fits = tried, middle
        else:
            over, size = middle, len(tried.message)
    return best


def _subject(digest: Digest, wording: Wording) -> str:
    if not digest.cards:
        return f"Harborwatch: {wording.nothing}"
    head = digest.cards[0].headline
    if not digest.slot.startswith("now:"):
        return f"{summary(digest, wording)} – {isolated(head)}"
    if digest.cards[0].kind == "update":
        return wording.update_subject.format(headline=isolated(head))
    return head


def _text(shown: DigestView, wording: Wording, stop: str) -> str:
    template = _templates().get_template("digest.txt")
    text = template.render(digest=shown, words=wording, stop=stop)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _html(shown: DigestView, wording: Wording, stop: str) -> str:
    template = _templates().get_template("digest.html")
    html = template.render(digest=shown, words=wording, stop=stop, css=_css())
    return str(_inliner().inline(html))


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("alerts"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["isolated"] = isolated
    templates.filters["fold"] = _fold
    templates.filters["unbroken"] = _unbroken
    templates.filters["rule"] = lambda title: "─" * min(COLUMNS, width(title))
    return templates


def _fold(text: str, first: str = "", rest: str = "") -> str:
    return wrap(text, COLUMNS, first, rest)


def _unbroken(text: str) -> str:
    """Let a line end only between the parts of a list: "6 originals" stays together on a phone."""
    return " · ".join(part.replace(" ", "\u00a0") for part in text.split(" · "))


@cache
def _css() -> str:
    return (files("alerts") / "templates" / "digest.css").read_text(encoding="utf-8")


@cache
def _inliner() -> css_inline.CSSInliner:
    # Media queries cannot be inlined: they stay in a style element of their own.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
