"""Zulip: its markdown, which knows no escape."""

from alerts.chat.escapes import address_in_parentheses, with_lookalikes
from alerts.chat.service import Markup, Service, characters

ZULIP = Service(
    name="zulip",
    title="Zulip",
    schemas=("zulip",),
    markup=Markup(
        escape=with_lookalikes,
        bold=lambda text: f"**{text}**",
        link=lambda text, address: f"[{text}]({address_in_parentheses(address)})",
        # Without the empty line the quote would go on.
        quote=lambda line: f"> {line}\n",
    ),
    written="text",
    limit=10_000,
    measure=characters,
)
