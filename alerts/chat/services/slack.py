"""Slack: mrkdwn in a section block. https://docs.slack.dev/messaging/formatting-message-text"""

import json

from alerts.chat.escapes import EDGE, JOINER
from alerts.chat.service import Answer, Markup, No, Service, characters

#: mrkdwn knows no escape for these
_SIGNS = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ", "&": "&amp;", "<": "&lt;", ">": "&gt;"}
#: errors of a bot's call that pass by themselves
_PASSING = {"ratelimited", "internal_error", "fatal_error", "service_unavailable"}
_PASSING |= {"request_timeout", "team_added_to_org"}


def _escape(text: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in text).replace("@", f"@{JOINER}")


def _link(text: str, address: str) -> str:
    held = address.replace("&", "&amp;").replace("|", "%7C").replace(">", "%3E")
    return f"<{held}|{text}>"


def _refusal(answer: Answer) -> No | None:
    """Read what a bot's call answers with 200: {"ok": false, "error": "channel_not_found"}."""
    try:
        said = json.loads(answer.body)
    except ValueError:
        return None  # a webhook says "ok"
    if not isinstance(said, dict) or said.get("ok") is not False:
        return None
    what = str(said.get("error"))
    return No(what=what, permanent=what not in _PASSING)


SLACK = Service(
    name="slack",
    title="Slack",
    schemas=("slack",),
    markup=Markup(
        escape=_escape,
        # Bold wants the edge of a word, which Chinese or Thai have not.
        bold=lambda text: f"{EDGE}*{text}*{EDGE}",
        link=_link,
        quote=lambda line: f"> {line}",
    ),
    written="markdown",
    # A section block's text, far below the 35,000 of a whole message.
    limit=3000,
    measure=characters,
    refusal=_refusal,
    switches=(("use_blocks", True), ("include_footer", False)),
)
