"""Matrix: HTML beside a plain text that Apprise makes of it. Spec: m.room.message, m.text."""

from alerts.chat.escapes import for_html
from alerts.chat.service import Markup, Service, octets

MATRIX = Service(
    name="matrix",
    title="Matrix",
    schemas=("matrix", "matrixs"),
    markup=Markup(
        escape=for_html,
        bold=lambda text: f"<strong>{text}</strong>",
        link=lambda text, address: f'<a href="{address.replace("&", "&amp;")}">{text}</a>',
        quote=lambda line: f"<blockquote>{line}</blockquote>",
        newline="<br>",
        gap="<br><br>",
    ),
    written="html",
    # An event holds 65,536 bytes with both texts, their escapes and its frame.
    limit=16_000,
    measure=octets,
    own_server=True,
    pace=0.0,
    # Apprise would sleep between joining a room and speaking there.
    switches=(("request_rate_per_sec", 0),),
)
