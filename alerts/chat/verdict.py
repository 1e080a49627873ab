"""What became of a message, by what the service answered. Pure."""

from collections.abc import Sequence
from datetime import timedelta

from alerts.chat.service import Answer, Service
from news import ChannelError

#: 4xx that pass by themselves: slow, locked, sent elsewhere, too early, too often
_PASSING = frozenset({408, 409, 421, 423, 425, 429})
_LOGIN = frozenset({401, 403})
_GONE = frozenset({404, 410})
_BAD, _SERVER = 300, 500


def verdict(
    *, taken: bool, answers: Sequence[Answer], service: Service, shown: str
) -> ChannelError | None:
    """Return why a message was not taken, or None where it was.

    `taken` is what Apprise says. Its no is explained by the last bad answer;
    its yes counts only where no answer says no in its body.
    """
    for answer in answers:
        no = service.refusal(answer) if answer.status < _BAD else None
        if no is not None:
            hint = "check the chat's settings" if no.permanent else "it is tried again"
            return ChannelError(
                f"{shown} refused it: {no.what}", permanent=no.permanent, hint=hint
            )
    if taken:
        return None
    bad = [answer for answer in answers if answer.status >= _BAD]
    if bad:
        return _by_status(bad[-1], shown)
    what = f"{shown} gave no whole answer" if not answers else f"{shown} did not take it"
    return ChannelError(what, permanent=False, hint="it is tried again")


def _by_status(answer: Answer, shown: str) -> ChannelError:
    status = answer.status
    permanent = status < _SERVER and status not in _PASSING
    after = timedelta(seconds=min(answer.wait, 10**7)) if answer.wait is not None else None
    return ChannelError(
        f"{shown} answered {status}", permanent=permanent, hint=_hint(status), after=after
    )


def _hint(status: int) -> str:
    if status in _LOGIN:
        return "its secret is not accepted, or no longer: make a new address"
    if status in _GONE:
        return "the chat or its hook is gone: make a new address"
    if status < _SERVER and status not in _PASSING:
        return "it will not take this message"
    return "it is tried again"
