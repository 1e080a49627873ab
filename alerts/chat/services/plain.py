"""Plain text: for services without markup, and for all that have no file of their own."""

from dataclasses import replace

from alerts.chat.escapes import plain, with_lookalikes
from alerts.chat.service import Markup, Service, octets

PLAIN = Markup(
    escape=plain,
    bold=lambda text: text,
    link=lambda text, address: f"{text}\n{address}",
    quote=lambda line: f"“{line}”",
)

#: Any other service that Apprise knows and that is spoken to over HTTP. Some
#: read markdown all the same, so signs of markdown become others.
OTHER = Service(
    name="plain",
    title="chat",
    schemas=(),
    markup=replace(PLAIN, escape=with_lookalikes),
    written="text",
    limit=4000,
    measure=octets,
)
