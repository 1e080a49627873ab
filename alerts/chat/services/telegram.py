"""Telegram: HTML of a few tags. https://core.telegram.org/bots/api#html-style"""

from alerts.chat.escapes import for_html
from alerts.chat.service import Markup, Service, characters

TELEGRAM = Service(
    name="telegram",
    title="Telegram",
    schemas=("tgram",),
    markup=Markup(
        escape=for_html,
        bold=lambda text: f"<b>{text}</b>",
        link=lambda text, address: f'<a href="{for_address(address)}">{text}</a>',
        quote=lambda line: f"<blockquote>{line}</blockquote>",
    ),
    written="html",
    # The service counts after reading the tags; with them is on the safe side.
    limit=4096,
    measure=characters,
)


def for_address(address: str) -> str:
    """Return a safe address for an attribute."""
    return address.replace("&", "&amp;")
