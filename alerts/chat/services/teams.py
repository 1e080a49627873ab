"""Microsoft Teams through a workflow: the markdown of an Adaptive Card's text."""

from alerts.chat.escapes import address_in_parentheses, with_lookalikes
from alerts.chat.service import Markup, Service, characters

TEAMS = Service(
    name="teams",
    title="Microsoft Teams",
    schemas=("workflow", "workflows"),
    markup=Markup(
        escape=with_lookalikes,
        bold=lambda text: f"**{text}**",
        link=lambda text, address: f"[{text}]({address_in_parentheses(address)})",
        # Cards have no quotes; a single line end is no line end there.
        quote=lambda line: f"“{line}”",
        newline="\n\n",
    ),
    written="markdown",
    limit=1000,
    measure=characters,
    switches=(("include_image", False),),
)
