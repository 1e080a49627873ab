"""Falling back: a digest that does not get through goes a second way, once, and says why.

The second way is a mail made of what the archive keeps of the digest: its
subject, text and HTML, with one line before them.
"""

import html
import re
from collections.abc import Mapping
from datetime import datetime

from alerts.clean import isolated, shorten
from alerts.columns import wrap
from alerts.envelope import envelope, fill, message_id
from alerts.links import Links
from alerts.wording import wording_for
from archive import Archive
from archive.telling import fall_backs, subscribers
from archive.telling.digests import Message
from archive.telling.fall_backs import Failing
from news import Subscriber

#: Columns of the plain text, and characters of the reason.
COLUMNS, REASON = 72, 200

#: by language: why this comes a second way, with {target} and {reason}
_GIVEN_UP = {
    "en": "This comes here because {target} could not be reached: {reason}",
    "id": "Ini dikirim ke sini karena {target} tidak dapat dijangkau: {reason}",
    "ms": "Ini dihantar ke sini kerana {target} tidak dapat dihubungi: {reason}",
    "zh": "此摘要改发至此，因为无法送达 {target}：{reason}",
    "vi": "Bản tin được gửi đến đây vì không gửi được tới {target}: {reason}",
    "th": "ส่งมาที่นี่เพราะส่งไปที่ {target} ไม่ได้: {reason}",
}
#: the same, while it is still tried
_STILL_TRIED = {
    "en": "This comes here because {target} has failed for hours and is still tried: {reason}",
    "id": "Ini dikirim ke sini karena {target} gagal berjam-jam dan masih dicoba: {reason}",
    "ms": "Ini dihantar ke sini kerana {target} gagal berjam-jam dan masih dicuba: {reason}",
    "zh": "此摘要改发至此，因为 {target} 已连续数小时发送失败，仍在重试：{reason}",
    "vi": "Bản tin được gửi đến đây vì {target} lỗi nhiều giờ và vẫn đang được thử lại: {reason}",
    "th": "ส่งมาที่นี่เพราะ {target} ส่งไม่สำเร็จมาหลายชั่วโมงและยังลองอยู่: {reason}",
}

_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)


def fall_back_due(archive: Archive, sender: str, now: datetime, links: Links | None = None) -> int:
    """Put every digest that is to fall back into the outbox; returns how many."""
    with archive.read() as db:
        waiting = [
            (subscriber, one)
            for subscriber in subscribers.load(db)
            if subscriber.fallback is not None
            for one in fall_backs.failing(db, subscriber, now)
        ]
    made = [(one, second_way(subscriber, one, sender, now, links)) for subscriber, one in waiting]
    added = 0
    for one, message in made:
        with archive.write() as db:
            added += fall_backs.fall_back(db, one, message, now)
    return added


def second_way(
    subscriber: Subscriber,
    failing: Failing,
    sender: str,
    now: datetime,
    links: Links | None = None,
) -> Message:
    """Return the failing digest as a mail to the subscriber's fall-back."""
    target = subscriber.fallback
    assert target is not None, "only who names a fall-back falls back"
    line = why(subscriber.language, failing)
    identity = message_id(subscriber, failing.slot, target, sender)
    mail = envelope(
        subscriber=subscriber,
        sender=sender,
        target=target,
        now=now,
        subject=failing.subject,
        identity=identity,
        stop=links.unsubscribe(subscriber.id, target) if links else "",
    )
    text = f"{wrap(isolated(line), COLUMNS)}\n\n{failing.text}"
    language = wording_for(subscriber.language).language
    fill(mail, language, text, _with_line(failing.html, line))
    return Message(target=target, message_id=identity, message=mail.as_bytes())


def why(language: str, failing: Failing) -> str:
    """Return the line that says why it comes this way, in that language or in English."""
    lines: Mapping[str, str] = _GIVEN_UP if failing.dead else _STILL_TRIED
    line = lines.get(language.partition("-")[0].lower(), lines["en"])
    reason = shorten(failing.error, REASON)
    return line.format(target=shorten(failing.target.written, REASON), reason=reason)


def _with_line(page: str, line: str) -> str:
    """Put a paragraph at the beginning of the page's body."""
    style = "margin:0;padding:12px 16px;background:#fff3cd;color:#3d2f00;font:14px sans-serif"
    shown = f'<p style="{style}">{html.escape(isolated(line))}</p>'
    begin = _BODY.search(page)
    at = begin.end() if begin else 0
    return page[:at] + shown + page[at:]
