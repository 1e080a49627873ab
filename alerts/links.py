"""The links of a mail to the archive's pages: none where readers cannot reach them. Pure.

Signed, a page opens without a log-in until the link ends; the archive's own
copy of a digest has its links unsigned, for whoever reads it there is let in already.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from alerts.clean import safe_link
from alerts.signing import Purpose, Signer
from news import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Makes the links of one mail."""

    #: where readers find the pages: "https://news.example.org"; "" where they do not
    url: str = ""
    #: None: links are not signed, and nothing can be done by them
    signer: Signer | None = None
    #: when the mail is written, from which on its links count their days
    now: datetime | None = None

    def event(self, number: int) -> str:
        """Return the page of an event, or ""."""
        path = f"/events/{number}"
        return self._page(path, f"?pass={self._token('read', path)}" if self._signs else "")

    def digest(self, subscriber: str, slot: str) -> str:
        """Return the page of a digest, which has no number yet, or ""."""
        return self._signed("/digest", "digest", subscriber, slot)

    def unsubscribe(self, subscriber: str, target: Target) -> str:
        """Return where this reader says no, or ""."""
        return self._signed("/unsubscribe", "unsubscribe", subscriber, target.written)

    def feedback(self, subscriber: str, story: int) -> str:
        """Return where this reader says what the card of a story was worth, or ""."""
        return self._signed("/feedback", "feedback", subscriber, str(story))

    def _signed(self, path: str, purpose: Purpose, *parts: str) -> str:
        return self._page(path, f"?t={self._token(purpose, *parts)}") if self._signs else ""

    @property
    def _signs(self) -> bool:
        return self.signer is not None and self.now is not None

    def _page(self, path: str, asked: str = "") -> str:
        return safe_link(f"{self.url.rstrip('/')}{quote(path)}{asked}") if self.url else ""

    def _token(self, purpose: Purpose, *parts: str) -> str:
        assert self.signer is not None, "asked only where links are signed"
        assert self.now is not None, "asked only where links are signed"
        return self.signer.token(purpose, self.now, *parts)
