"""Every service is sent what was rendered for it, and its answers are understood."""

import json
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from chat_addresses import ADDRESSES, TEXT_IN, usual
from chat_outbox import ANA, NOON, SENDER, chats
from chat_receiver import Asked, Receiver, Reply

from alerts.chat.channel import Chats
from alerts.chat.rendering import messages
from alerts.chat.services import SERVICES
from alerts.chat.ways import open_way
from alerts.sample import sample_digest
from archive.telling.digests import Message
from news import ChannelError, Delivery, Target

pytestmark = pytest.mark.long

DESK = Target(channel="chat", address="desk")


def channel(name: str, receiver: Receiver) -> Chats:
    receiver.usual = Reply(body=usual(name))
    return chats(desk=ADDRESSES[name].format(port=receiver.port))


def rendered(channel: Chats, language: str = "zh") -> list[Message]:
    digest = sample_digest(replace(ANA, language=language), NOON)
    return messages(digest, channel.ways["desk"].service, DESK, SENDER)


def delivery(message: Message) -> Delivery:
    return Delivery(
        id=1,
        digest=1,
        target=message.target,
        message_id=message.message_id,
        message=message.message,
        attempts=1,
        form=message.form,
        part=message.part,
        parts=message.parts,
    )


def told(receiver: Receiver) -> list[Asked]:
    """Return the requests that carry a message: Matrix asks before who and where it is."""
    return [one for one in receiver.asked if len(one.body) > 100]


def failing(chat: Chats) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        chat.send(delivery(rendered(chat)[0]))
    return caught.value


@pytest.mark.parametrize("name", ADDRESSES)
def test_what_was_rendered_arrives_as_it_is(name: str, receiver: Receiver) -> None:
    """Each part comes to the service once, unchanged by Apprise."""
    chat = channel(name, receiver)
    made = rendered(chat)
    for message in made:
        chat.send(delivery(message))
    assert [TEXT_IN[name](one) for one in told(receiver)] == [m.message.decode() for m in made]


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_apprise_takes_every_service_in_that_length(service) -> None:
    """A service's limit is at most what Apprise's plugin would cut at."""
    (address,) = (a for n, a in ADDRESSES.items() if n == service.name)
    way = open_way(address.format(port=1))
    assert way.service is service
    assert service.as_json or service.limit <= way.plugin().body_maxlen


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        *((status, False) for status in (408, 429, 500, 503)),
        *((status, True) for status in (302, 400, 401, 403, 404, 410)),
    ],
)
def test_a_status_says_whether_to_try_again(
    name: str, status: int, permanent: bool, receiver: Receiver
) -> None:
    """What may pass is tried again, what will not is given up, and the status is told."""
    chat = channel(name, receiver)
    receiver.usual = Reply(status=status, headers={"Retry-After": "77", "Location": "/else"})
    error = failing(chat)
    assert error.permanent is permanent
    assert str(status) in str(error)
    assert error.hint
    assert error.after == timedelta(seconds=77)


@pytest.mark.parametrize("name", ["telegram", "slack", "matrix", "webhook"])
@pytest.mark.parametrize("act", ["hang", "close"])
def test_a_service_that_does_not_answer_is_tried_again(
    name: str, act: str, receiver: Receiver
) -> None:
    """Silence and a cut before any answer take a short time, and pass."""
    chat = channel(name, receiver)
    receiver.usual = Reply(act=act)
    begun = time.monotonic()
    assert not failing(chat).permanent
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    ("name", "status", "taken"),
    [
        ("telegram", 200, True),
        ("webhook", 200, True),
        ("ntfy", 200, True),
        ("telegram", 500, False),
        ("slack", 200, False),
        ("matrix", 200, False),
    ],
)
def test_an_answer_without_end_counts_by_its_status(
    name: str, status: int, taken: bool, receiver: Receiver
) -> None:
    """A body that drips for ever is left; what it would say matters only where it must say "ok"."""
    chat = channel(name, receiver)
    receiver.usual = Reply(status=status, act="drip")
    begun = time.monotonic()
    if taken:
        chat.send(delivery(rendered(chat)[0]))
    else:
        assert not failing(chat).permanent
    assert time.monotonic() - begun < 4


def test_too_often_ends_the_talk_at_once(receiver: Receiver) -> None:
    """After 429 nothing more is asked: Apprise does not sleep and try again by itself."""
    chat = channel("discord", receiver)
    far = str(int(time.time()) + 3600)
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": far, "Retry-After": "soon"}
    receiver.usual = Reply(status=429, headers=headers)
    begun = time.monotonic()
    assert failing(chat).after is None
    assert len(receiver.asked) == 1
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    ("name", "body", "permanent"),
    [
        ("dingtalk", '{"errcode": 310000, "errmsg": "keywords not in content"}', True),
        ("dingtalk", '{"errcode": 130101, "errmsg": "send too fast"}', False),
        ("wecom", '{"errcode": 93000, "errmsg": "invalid webhook url"}', True),
        ("wecom", '{"errcode": 45009, "errmsg": "api freq out of limit"}', False),
        ("feishu", '{"code": 19024, "msg": "Key Words Not Found"}', True),
        ("feishu", '{"code": 9499, "msg": "too many request"}', False),
        ("lark", '{"code": 19001, "msg": "param invalid"}', True),
    ],
)
def test_a_no_inside_of_a_good_answer_is_a_no(
    name: str, body: str, permanent: bool, receiver: Receiver
) -> None:
    """Status 200 with an error's code is a failure, though Apprise calls it a success."""
    chat = channel(name, receiver)
    receiver.usual = Reply(body=body)
    error = failing(chat)
    assert error.permanent is permanent
    assert "code" in str(error)


def test_a_bots_call_that_slack_refuses(receiver: Receiver) -> None:
    """Slack's bots are answered 200 and {"ok": false}."""
    chat = chats(desk="slack://xoxb-1234-1234-4ddbc191d40ee098cbaae6f3523ada2d/#general")
    receiver.usual = Reply(body='{"ok": false, "error": "channel_not_found"}')
    error = failing(chat)
    assert error.permanent
    assert "channel_not_found" in str(error)


def test_a_webhook_gets_the_digest_as_json(receiver: Receiver) -> None:
    """A plain webhook is posted one object that holds every card and telling, and the login."""
    chat = channel("webhook", receiver)
    chat.send(delivery(rendered(chat)[0]))
    (asked,) = receiver.asked
    digest = sample_digest(ANA, NOON)
    assert asked.json["harborwatch"] == 1
    assert [card["event"] for card in asked.json["cards"]] == [c.event for c in digest.cards]
    assert [len(card["tellings"]) for card in asked.json["cards"]] == [
        len(card.tellings) for card in digest.cards
    ]
    assert (asked.json["part"], asked.json["parts"]) == (1, 1)
    assert asked.headers["Authorization"].startswith("Basic ")
    assert json.dumps(asked.json, ensure_ascii=False) == asked.body.decode()


@pytest.mark.parametrize("language", ["id", "zh", "vi", "th", "ms", "en"])
def test_the_digest_speaks_its_readers_language(language: str, receiver: Receiver) -> None:
    """The frame is in the language that the mail would have."""
    from alerts.wording import wording_for

    chat = channel("telegram", receiver)
    text = "".join(message.message.decode() for message in rendered(chat, language))
    words = wording_for(language)
    assert words.new in text
    assert words.updates in text


@pytest.mark.parametrize("name", ["mmost", "rocket", "form", "xml", "gotify"])
def test_a_service_without_a_file_gets_plain_text(name: str, receiver: Receiver) -> None:
    """Whatever else Apprise reaches over HTTP is sent plain text in its length."""
    addresses = {
        "mmost": "mmost://127.0.0.1:{port}/3ccdd113474722377935511fc85d3dd4",
        "rocket": "rocket://abcdefghijklmnopqrstuvwx/abcdefghijklmnop@127.0.0.1:{port}"
        "/#general?mode=webhook",
        "form": "form://127.0.0.1:{port}/x",
        "xml": "xml://127.0.0.1:{port}/x",
        "gotify": "gotify://127.0.0.1:{port}/AbcdEfghijk.lmn",
    }
    chat = chats(desk=addresses[name].format(port=receiver.port))
    made = rendered(chat)
    chat.send(delivery(made[0]))
    assert made[0].form == "plain"
    assert len(receiver.asked) == 1
    assert "Harborwatch" in receiver.asked[0].body.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nowhere://token", "no address that Apprise knows"),
        ("", "no address that Apprise knows"),
        ("tgram://not-a-token", "no address that Apprise knows"),
        ("tgram://123456789:AAabcdefghijklmnopqrstuvwxyzABCDEFG/1/2", "2 receivers"),
        ("ntfy://127.0.0.1/one/two", "2 receivers"),
        ("mailto://ana:geheim@mail.example", "over HTTP"),
        ("syslog://", "over HTTP"),
    ],
)
def test_an_address_that_is_no_use_is_refused_unseen(address: str, said: str) -> None:
    """It is told what is wrong, never the address."""
    with pytest.raises(ChannelError, match=said) as caught:
        open_way(address)
    assert caught.value.permanent
    assert not address or address not in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_a_chat_that_changed_its_service_gets_nothing_foreign(receiver: Receiver) -> None:
    """What was written for one service is not sent to another."""
    chat = channel("telegram", receiver)
    (message, *_) = rendered(chat)
    other = channel("discord", receiver)
    with pytest.raises(ChannelError, match="written for telegram") as caught:
        other.send(delivery(message))
    assert caught.value.permanent
    assert receiver.asked == []


def test_two_messages_keep_their_distance(receiver: Receiver) -> None:
    """A service of somebody else's is not asked twice within its pace."""
    chat = channel("ntfy", receiver)
    way = chat.ways["desk"]
    paced = replace(chat, ways={"desk": replace(way, service=replace(way.service, pace=0.3))})
    begun = time.monotonic()
    for message in (*rendered(chat)[:1], *rendered(chat)[:1]):
        paced.send(delivery(message))
    assert time.monotonic() - begun >= 0.3


def test_the_table_of_services_is_true() -> None:
    """Each service's row in docs/channels.md names its schemas and its limit."""
    table = (Path(__file__).parents[3] / "docs" / "channels.md").read_text("utf-8")
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    for service in SERVICES:
        (row,) = (
            line for line in rows if any(f"`{schema}://" in line for schema in service.schemas)
        )
        assert f"{service.limit:,} " in row, service.name


@pytest.mark.parametrize(
    "address",
    [
        "slack://xoxb-1234-1234-4ddbc191d40ee098cbaae6f3523ada2d/#harbor",
        "dingtalk://SECabc123@ikanpausbiru0123456789abcdefabcd",
        "wechat://ww0123456789abcdef:rahasia0123456789@1000002/ana",
        "matrixs://syt_bintanglaut@matrix.example/!room:matrix.example",
        "ntfy://terumbu-karang",
        "ntfys://push.example/terumbu-karang",
        "jsons://ana:rahasia-sekali@hook.example/path",
        "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "https://discord.com/api/webhooks/4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
        "https://open.larksuite.com/open-apis/bot/v2/hook/lumba-lumba-larkxx",
        "https://prod-1.westeurope.logic.azure.com:443/workflows/643e69f83c8944/triggers/manual/paths/invoke?sig=4f1d63ffe9d44c1c8c1c",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=penyu-hijau-key-1234567890",
    ],
)
def test_further_forms_of_addresses(address: str) -> None:
    """The other forms that the documentation names, and services' own hooks, are taken."""
    assert open_way(address).service in SERVICES
