"""Messages keep to a service's length and markup, whatever stands in a headline."""

import re
from dataclasses import replace

import pytest
from chat_outbox import ANA, NOON, SENDER
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from alerts.chat.blocks import Span, Words
from alerts.chat.parts import parts
from alerts.chat.rendering import MOST_PARTS, messages
from alerts.chat.service import Service
from alerts.chat.services import SERVICES
from alerts.chat.services.plain import OTHER
from alerts.sample import sample_digest
from news import Card, Digest, Target

DESK = Target(channel="chat", address="desk")
TEXT = [service for service in (*SERVICES, OTHER) if not service.as_json]
MARKDOWN = [one for one in TEXT if one.name in ("slack", "discord", "teams", "zulip", "dingtalk")]
HTML = [one for one in TEXT if one.name in ("telegram", "matrix")]

HOSTILE = (
    "<script>alert(1)</script> @everyone @here <@123> <!channel> <at>all</at> **b** _i_ `c` "
    "~~s~~ ||spoiler|| [click](javascript:alert(1)) ![x](https://evil.example/p.png) "
    '<a href="tg://user?id=1">x</a> <at user_id="all">x</at> @**all** #**stream** $$x$$ '
    "\u202egnikcatta\u202c # heading > quote\n> two\n# three </b></a> &lt;b&gt;"
)
WORDS = st.text(
    st.sampled_from("ab ข่าว信息港 ព័ត៌ມ*_~`[]()<>@#$|\\&\"'.!?。\u202e\u200d\u0301\U0001f6a2"),
    min_size=1,
    max_size=300,
)


def digest(*headlines: str, tellings: int = 2) -> Digest:
    """Return a digest with a card for each headline."""
    made = sample_digest(ANA, NOON)
    card = made.cards[0]
    cards = tuple(_card(card, number, one, tellings) for number, one in enumerate(headlines, 1))
    return replace(made, cards=cards)


def _card(card: Card, number: int, headline: str, tellings: int) -> Card:
    lines = (card.tellings * 5)[:tellings]
    return replace(
        card,
        event=number,
        headline=headline,
        tellings=tuple(replace(line, title=headline) for line in lines),
        sentence=headline,
        hits=((0, 3),),
        changes=(headline[:40],),
        topics=(headline[:40],),
    )


def texts(made: Digest, service: Service) -> list[str]:
    return [one.message.decode("utf-8") for one in messages(made, service, DESK, SENDER)]


@pytest.mark.parametrize("service", TEXT, ids=lambda one: one.name)
@given(headlines=st.lists(WORDS, min_size=1, max_size=12))
@settings(max_examples=15, deadline=None)
def test_no_message_is_too_long(service: Service, headlines: list[str]) -> None:
    """Each part is within the service's limit, and they are numbered 1/n to n/n."""
    made = texts(digest(*headlines), service)
    assert all(service.measure(text) <= service.limit for text in made)
    if len(made) > 1:
        numbers = [re.match(r"\d+/\d+", text) for text in made]
        assert [m and m.group() for m in numbers] == [
            f"{at}/{len(made)}" for at in range(1, len(made) + 1)
        ]


@pytest.mark.parametrize("service", TEXT, ids=lambda one: one.name)
def test_an_event_stays_in_one_message(service: Service) -> None:
    """Messages are cut between events: each is told in one part, and all are told once."""
    made = texts(digest(*(f"Kapal nomor {n} tiba" for n in range(100, 112)), tellings=1), service)
    found = [int(n) for text in made for n in sorted(set(re.findall(r"nomor (\d+)", text)))]
    assert found == list(range(100, 112))


@pytest.mark.parametrize("service", TEXT, ids=lambda one: one.name)
def test_nobody_gets_a_hundred_messages(service: Service) -> None:
    """A day of many events becomes lines and a count, in a bearable number of parts."""
    many = digest(*(f"Kapal nomor {n} tiba di pelabuhan {'besar ' * 20}" for n in range(300)))
    made = texts(many, service)
    assert len(made) <= MOST_PARTS
    assert "nomor 0" in "".join(made)
    assert re.search(r"\d+ lagi", "".join(made)), "what is left out is counted"


def test_a_long_event_is_cut_at_a_sentence() -> None:
    """A single event over the limit ends after a whole sentence, with an ellipsis."""
    (service,) = (one for one in TEXT if one.name == "teams")
    sentence = "Kapal pertama tiba pagi ini. "
    block = (Words((Span("Judul", bold=True),)), Words((Span(sentence * 60),)))
    (text,) = parts([block], service)
    assert service.measure(text) <= service.limit
    assert text.endswith("tiba pagi ini.…")
    assert len(text) > service.limit * 0.9


@pytest.mark.parametrize("tail", ["ข่าว" * 600, "信息港" * 600, "ខ្សែកាប" * 400, "x" * 3000])
def test_without_sentences_no_letter_is_torn(tail: str) -> None:
    """Where no sentence ends, the cut is between two letters, never inside of one."""
    (service,) = (one for one in TEXT if one.name == "wecom")
    (text,) = parts([(Words((Span(tail),)),)], service)
    assert service.measure(text) <= service.limit
    kept = text.removesuffix("…")
    assert tail.startswith(kept)
    assert len(kept) > 300


@pytest.mark.parametrize("service", HTML, ids=lambda one: one.name)
@given(headline=st.one_of(WORDS, st.just(HOSTILE)))
@settings(max_examples=30, deadline=None)
def test_html_holds_only_our_tags(service: Service, headline: str) -> None:
    """The message is well-formed, with tags and addresses of our own only."""
    for text in texts(digest(headline), service):
        tree = etree.fromstring(f"<m>{text.replace('<br>', '<br/>')}</m>")
        tags = {node.tag for node in tree.iter()} - {"m"}
        assert tags <= {"b", "strong", "a", "blockquote", "br"}
        assert all(link.get("href", "").startswith("https://") for link in tree.iter("a"))
        assert set().union(*(node.keys() for node in tree.iter("a"))) <= {"href"}


@pytest.mark.parametrize("service", MARKDOWN, ids=lambda one: one.name)
@given(headline=st.one_of(WORDS, st.just(HOSTILE)))
@settings(max_examples=30, deadline=None)
def test_markdown_holds_only_our_links(service: Service, headline: str) -> None:
    """Every link leads where the story stands: a headline makes none."""
    bare = re.sub(r"\\.", "", "".join(texts(digest(headline), service)), flags=re.DOTALL)
    link = r"<([^|>]*)\|" if service.name == "slack" else r"\]\(<?([^)>]*)"
    links = re.findall(link, bare)
    assert links
    assert all(one.startswith("https://") for one in links)


@pytest.mark.parametrize("service", TEXT, ids=lambda one: one.name)
def test_a_headline_calls_nobody_and_turns_nothing(service: Service) -> None:
    """Mentions, tags of other services and direction signs in a headline are dead."""
    made = "".join(texts(digest(HOSTILE), service))
    for sign in ("@everyone", "@here", "@**all", "<at>", "<at ", "<!channel", "<@1", "<script"):
        assert sign not in re.sub(r"\\<", "", made), sign
    assert not set(made) & set("\u202a\u202b\u202c\u202d\u202e")
    assert "\n# " not in made


@pytest.mark.parametrize("service", TEXT, ids=lambda one: one.name)
def test_the_texts_of_ten_languages_arrive_whole(service: Service) -> None:
    """Headlines of the sample stand in the messages letter by letter, in every script."""
    made = sample_digest(ANA, NOON)
    shown = re.sub(r"[\\\u2060]", "", "".join(texts(made, service)))
    for card in made.cards:
        assert card.headline in shown


def test_the_same_digest_has_the_same_ids() -> None:
    """Every part has an id of its own, which stays the same when it is rendered again."""
    (service,) = (one for one in TEXT if one.name == "teams")
    first, again = (messages(sample_digest(ANA, NOON), service, DESK, SENDER) for _ in range(2))
    ids = [one.message_id for one in first]
    assert len(ids) == len(set(ids)) > 1
    assert ids == [one.message_id for one in again]
    assert [(one.part, one.parts) for one in first] == [
        (at, len(ids)) for at in range(1, len(ids) + 1)
    ]
