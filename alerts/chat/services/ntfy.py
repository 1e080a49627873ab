"""ntfy: plain text; a longer message would become an attachment."""

from alerts.chat.service import Service, octets
from alerts.chat.services.plain import PLAIN

NTFY = Service(
    name="ntfy",
    title="ntfy",
    schemas=("ntfy", "ntfys"),
    markup=PLAIN,
    written="text",
    # The server's message-size-limit as it is shipped, below Apprise's 7,800.
    limit=4096,
    measure=octets,
    own_server=True,
    pace=0.0,
    switches=(("include_image", False),),
)
