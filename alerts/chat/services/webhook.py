"""A plain webhook: the digest as JSON, for programs. Nothing is escaped, nothing cut."""

from alerts.chat.service import Service, octets
from alerts.chat.services.plain import PLAIN

WEBHOOK = Service(
    name="webhook",
    title="webhook",
    schemas=("json", "jsons"),
    markup=PLAIN,
    written="text",
    # Small enough for the usual limits of web servers.
    limit=250_000,
    measure=octets,
    own_server=True,
    pace=0.0,
    as_json=True,
)
