"""DingTalk: the markdown of a group's robot. https://open.dingtalk.com/document"""

from alerts.chat.escapes import address_in_parentheses, with_lookalikes
from alerts.chat.service import Markup, Service, octets
from alerts.chat.services.codes import by_code

DINGTALK = Service(
    name="dingtalk",
    title="DingTalk",
    schemas=("dingtalk",),
    markup=Markup(
        escape=with_lookalikes,
        bold=lambda text: f"**{text}**",
        link=lambda text, address: f"[{text}]({address_in_parentheses(address)})",
        quote=lambda line: f"> {line}\n",
        # Two spaces before a line's end keep it.
        newline="  \n",
    ),
    written="markdown",
    # A request holds 20,000 bytes, and in its JSON a Chinese character takes six.
    limit=9000,
    measure=octets,
    # 130101 and 660026 too often, -1 busy
    refusal=by_code(("errcode",), {-1, 130101, 660026}),
)
