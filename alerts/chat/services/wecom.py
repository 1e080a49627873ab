"""WeCom: plain text of a group's robot or an application. https://developer.work.weixin.qq.com"""

from alerts.chat.service import Service, octets
from alerts.chat.services.codes import by_code
from alerts.chat.services.plain import PLAIN

WECOM = Service(
    name="wecom",
    title="WeCom",
    schemas=("wecombot", "wechat"),
    markup=PLAIN,
    written="text",
    # In bytes, where Apprise counts characters.
    limit=2048,
    measure=octets,
    # -1 busy, 45009 and 45033 too often
    refusal=by_code(("errcode",), {-1, 45009, 45033}),
)
