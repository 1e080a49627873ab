"""Discord: its markdown, with every sign escaped and no preview of links."""

from alerts.chat.escapes import address_in_parentheses, with_backslashes
from alerts.chat.service import Markup, Service, characters

DISCORD = Service(
    name="discord",
    title="Discord",
    schemas=("discord",),
    markup=Markup(
        escape=with_backslashes,
        bold=lambda text: f"**{text}**",
        # In angle brackets a link draws no preview.
        link=lambda text, address: f"[{text}](<{address_in_parentheses(address)}>)",
        quote=lambda line: f"> {line}",
    ),
    written="text",
    limit=2000,
    measure=characters,
    switches=(("avatar", False),),
)
