"""Addresses of every service in Apprise's form, with secrets of our own making."""

from collections.abc import Callable

from chat_receiver import Asked

#: never to be seen in a log, an error, a list or the archive
SECRETS = (
    "AAabcdefghijklmnopqrstuvwxyzABCDEFG",
    "TIiajkdnlazkcOXrIdevi7FQ",
    "JHMHI8qBe7bk2ZwO5U711o3dV_js",
    "4f1d63ffe9d44c1c8c1c",
    "lumba-lumba-feishu",
    "lumba-lumba-larkxx",
    "ikanpausbiru0123456789abcdefabcd",
    "penyu-hijau-key-1234567890",
    "kudalaut" * 5,
    "syt_bintanglaut",
    "a8JIc1kdjEtCmPwJkLRnCbjjP9fX9bKd",
    "terumbu-karang",
    "rahasia-sekali",
)

#: a service's name, its address; where the operator's own server stands, {port} is put in
ADDRESSES = {
    "telegram": "tgram://123456789:AAabcdefghijklmnopqrstuvwxyzABCDEFG/987654",
    "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
    "discord": "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
    "teams": "workflows://prod-no.logic.azure.com:443/643e69f83c8944/4f1d63ffe9d44c1c8c1c/",
    "feishu": "feishu://lumba-lumba-feishu",
    "lark": "lark://lumba-lumba-larkxx",
    "dingtalk": "dingtalk://ikanpausbiru0123456789abcdefabcd",
    "wecom": "wecombot://penyu-hijau-key-1234567890",
    "line": f"line://{'kudalaut' * 5}=/U1234567890abcdef1234567890abcdef",
    "matrix": "matrix://syt_bintanglaut@127.0.0.1:{port}/!room:127.0.0.1",
    "zulip": "zulip://bot@acme/a8JIc1kdjEtCmPwJkLRnCbjjP9fX9bKd/news",
    "ntfy": "ntfy://127.0.0.1:{port}/terumbu-karang",
    "webhook": "json://ana:rahasia-sekali@127.0.0.1:{port}/hook/terumbu-karang",
}

#: where the text stands in what a service is sent
TEXT_IN: dict[str, Callable[[Asked], str]] = {
    "telegram": lambda asked: asked.json["text"],
    "slack": lambda asked: asked.json["attachments"][0]["blocks"][0]["text"]["text"],
    "discord": lambda asked: asked.json["content"],
    "teams": lambda asked: asked.json["attachments"][0]["content"]["body"][0]["text"],
    "feishu": lambda asked: asked.json["content"]["text"],
    "lark": lambda asked: asked.json["content"]["text"],
    "dingtalk": lambda asked: asked.json["markdown"]["text"],
    "wecom": lambda asked: asked.json["text"]["content"],
    "line": lambda asked: asked.json["messages"][0]["text"],
    "matrix": lambda asked: asked.json["formatted_body"],
    "zulip": lambda asked: asked.form["content"][0],
    "ntfy": lambda asked: asked.json["message"],
    "webhook": lambda asked: asked.body.decode(),
}

#: what a good answer of each of them holds
GOOD = (
    '{"ok": true, "errcode": 0, "code": 0, "user_id": "@ana:127.0.0.1", '
    '"room_id": "!room:127.0.0.1", "event_id": "$1"}'
)


def usual(name: str) -> str:
    """Return the body of a service's good answer."""
    return "ok" if name == "slack" else GOOD
