"""LINE: plain text of the Messaging API."""

from alerts.chat.service import Service, characters
from alerts.chat.services.plain import PLAIN

LINE = Service(
    name="line",
    title="LINE",
    schemas=("line",),
    markup=PLAIN,
    written="text",
    limit=5000,
    measure=characters,
    switches=(("include_image", False),),
)
