"""Feishu and Lark: plain text of a group's bot. https://open.feishu.cn/document"""

from alerts.chat.service import Service, octets
from alerts.chat.services.codes import by_code
from alerts.chat.services.plain import PLAIN

FEISHU = Service(
    name="feishu",
    title="Feishu / Lark",
    schemas=("feishu", "lark"),
    markup=PLAIN,
    written="text",
    # A request holds 20 KB, and in its JSON a Chinese character may take six bytes.
    limit=9000,
    measure=octets,
    # 9499 too many requests, 11232 and 99991400 too often
    refusal=by_code(("code", "StatusCode"), {9499, 11232, 99991400}),
    # Apprise's Lark would sleep before its only request.
    switches=(("request_rate_per_sec", 0),),
)
