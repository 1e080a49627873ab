"""A mail that reads well, and that no story can turn against its reader."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts import envelope
from alerts.columns import width
from alerts.render import FEWEST_BRIEFS, LARGEST, Rendered, _Mail, render
from alerts.sample import sample_digest
from alerts.signing import Signer
from alerts.words.chinese import CHINESE
from harborwatch.web_config import WebConfig, reachable
from news import Card, ChannelError, Digest, Fact, Importance, Subscriber, Target, Telling

NOW = datetime(2018, 9, 21, 0, 0, tzinfo=UTC)
SENDER = "Harborwatch <digest@harborwatch.example>"
TARGET = Target(channel="mail", address="desk@reader.example")
HEADERS = {"from", "to", "subject", "date", "message-id", "list-id", "list-unsubscribe"}


def reader(language: str = "en", **changes: str) -> Subscriber:
    who = Subscriber(
        id="desk",
        name="Digital desk",
        zone="Asia/Jakarta",
        language=language,
        targets=(TARGET,),
        watches=(),
    )
    return replace(who, **changes)


def telling(story: int = 1, **changes: object) -> Telling:
    line = Telling(
        story=story,
        revision=1,
        outlet=f"o{story}",
        outlet_name=f"Outlet {story}",
        language="en",
        title="Harbor forum opens",
        address=f"https://o.example/{story}",
        published_at=NOW,
        published_precision="minute",
        first_seen_at=NOW,
    )
    return replace(line, **changes)


def card(*lines: Telling, **changes: object) -> Card:
    lines = lines or (telling(),)
    one = Card(
        event=1,
        kind="new",
        headline=lines[0].title,
        headline_language=lines[0].language,
        address=lines[0].address,
        tellings=lines,
        watches=("Harbor",),
        topics=("caih",),
    )
    return replace(one, **changes)


def digest(*cards: Card, slot: str = "2018-09-21T07:00+07:00", **changes: str) -> Digest:
    return Digest(subscriber=reader(**changes), slot=slot, at=NOW, cards=cards)


def mailed(of: Digest, thread: str | None = None) -> tuple[Rendered, EmailMessage]:
    rendered = render(of, SENDER, TARGET, NOW, thread)
    parsed = message_from_bytes(rendered.message, policy=default)
    assert isinstance(parsed, EmailMessage)
    assert [part.defects for part in parsed.walk()] == [[], [], []]
    return rendered, parsed


class Seen(HTMLParser):
    """What a reader of mail makes of the HTML: tags, attributes, text by language, marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.marked: list[str] = []
        self.marking = False
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        self.marking = tag == "mark"

    def handle_data(self, data) -> None:
        self.texts.append(data)
        if self.marking:
            self.marked.append(data)

    def handle_endtag(self, tag) -> None:
        self.marking = False

    def links(self) -> list[str]:
        return [attrs["href"] or "" for _, attrs in self.tags if "href" in attrs]


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return body.get_content()


def test_parts_and_headers() -> None:
    """The mail has a plain and an HTML part, and the headers of a list that writes by itself."""
    rendered, message = mailed(sample_digest(reader(), NOW))
    assert message.get_content_type() == "multipart/alternative"
    assert part(message, "plain").replace("\r\n", "\n") == rendered.text
    assert part(message, "html").replace("\r\n", "\n") == rendered.html.rstrip("\n") + "\n"
    assert message["Message-ID"] == rendered.message_id
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "Harborwatch <desk.harborwatch.harborwatch.example>"
    stop = "<mailto:digest@harborwatch.example?subject=unsubscribe%20desk>"
    assert message["List-Unsubscribe"] == stop
    assert message["To"].addresses[0].addr_spec == "desk@reader.example"
    assert message["References"] is None
    assert max(map(len, rendered.message.split(b"\r\n"))) <= 998


def test_message_id_is_stable() -> None:
    """Subscriber, slot and target alone decide the Message-ID."""
    first = render(digest(card()), SENDER, TARGET, NOW)
    later = render(digest(card(telling(2))), SENDER, TARGET, datetime(2019, 1, 1, tzinfo=UTC))
    assert first.message_id == later.message_id
    others = {
        render(digest(card(), slot="now:1"), SENDER, TARGET, NOW).message_id,
        render(digest(card(), id="other"), SENDER, TARGET, NOW).message_id,
        render(digest(card()), SENDER, replace(TARGET, channel="mailbox"), NOW).message_id,
    }
    assert len(others | {first.message_id}) == 4


def test_updates_continue_their_thread() -> None:
    """An update names the message that it continues; nothing else may stand there."""
    _, message = mailed(digest(card(kind="update", changes=("35 → 53",))), "<1@a.example>")
    assert message["References"] == message["In-Reply-To"] == "<1@a.example>"
    with pytest.raises(ValueError, match="Message-ID"):
        mailed(digest(card()), "<1@a.example>\r\nBcc: x@evil.example")


@pytest.mark.parametrize("long", [False, True])
def test_an_update_of_an_alert_keeps_its_subject(*, long: bool) -> None:
    """Programs that thread by subject find the alert's own behind "Re:", however long it is."""
    head = "Pelabuhan Kuantan beroperasi penuh " * (20 if long else 1)
    first, _ = mailed(digest(card(headline=head), slot="now:1"))
    of = digest(card(kind="update", headline="Other", changes=("35 → 53",)), slot="now:2")
    later = render(of, SENDER, TARGET, NOW, first.message_id, answered=first.subject)
    assert later.subject == f"Re: {first.subject}"
    assert render(of, SENDER, TARGET, NOW, answered=first.subject).subject == "Update: Other"


def test_chinese_has_marks_of_its_own() -> None:
    """A Chinese mail has no half-width colon or comma behind a Chinese word."""
    rendered = render(sample_digest(reader("zh"), NOW), SENDER, TARGET, NOW)
    ours = f"{CHINESE.facts}|{CHINESE.topics}|{CHINESE.watches}|{CHINESE.changed}"
    for text in (rendered.text, rendered.html):
        assert re.search(f"(?:{ours})：", text)
        assert not re.search(f"(?:{ours}):", text)
        assert not re.search("日[,，] ", text)


def test_card_shows_what_the_reader_asks() -> None:
    """A card says languages, copies, who was first and when in the reader's zone, and why."""
    at = datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)
    lines = (
        telling(1, language="id", outlet_name="IndoTelko", published_at=at),
        telling(2, language="id"),
        telling(3, language="id", copy_of=1, copy_kind="summary"),
        telling(4, language="zh", title="信息港论坛开幕"),
    )
    sentence = "Forum China-ASEAN Information Harbor digelar"
    facts = (Fact(kind="count", value=35, text="35 proyek"),)
    shown = card(
        *lines,
        sentence=sentence,
        sentence_language="id",
        hits=((6, 17), (18, 36)),
        facts=facts,
        topics=("bri", "caih"),
        importance=Importance(tier=1, outlets=3, growth=2),
    )
    rendered, _ = mailed(digest(shown))
    for words in (
        "id 3 · zh 1",
        "tier 1 · 3 outlets · +2 since yesterday · 3 originals · 1 copy",
        "First: IndoTelko, 20 Sep 2018, 09:22 WIB",
        "Topics: bri, caih",
        "Watches: Harbor",
    ):
        assert words in rendered.text
        assert words in "".join(Seen(rendered.html).texts).replace("\xa0", " ")
    assert "*China-ASEAN* *Information Harbor*" in re.sub(r"\s+(\| )?", " ", rendered.text)
    assert Seen(rendered.html).marked == ["China-ASEAN", "Information Harbor"]
    assert [f"https://o.example/{n}" in rendered.text for n in range(1, 5)] == [True] * 4


@pytest.mark.parametrize("language", ["id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil"])
def test_foreign_text_names_its_language(language: str) -> None:
    """Each foreign text is isolated and says its language, so that fonts and voices fit it."""
    of = sample_digest(reader("en"), NOW)
    seen = Seen(render(of, SENDER, TARGET, NOW).html)
    tagged = {attrs.get("lang") for tag, attrs in seen.tags if tag == "bdi"}
    assert language in tagged
    assert seen.tags[0][1]["lang"] == "en"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Updates"),
        ("id", "Pembaruan"),
        ("zh", "更新"),
        ("zh-Hant", "更新"),
        ("km", "Updates"),
    ],
)
def test_words_of_the_digest(language: str, words: str) -> None:
    """The digest speaks its reader's language, English where it has no words of its own."""
    rendered = render(sample_digest(reader(language), NOW), SENDER, TARGET, NOW)
    assert f"\n{words}\n" in rendered.text
    assert words in Seen(rendered.html).texts


@pytest.mark.parametrize("language", ["en", "id", "zh"])
def test_plain_text_is_72_columns(language: str) -> None:
    """No line of the plain text is wider than 72 columns, but for addresses."""
    text = render(sample_digest(reader(language), NOW), SENDER, TARGET, NOW).text
    wide = [line for line in text.splitlines() if width(line) > 72 and "://" not in line]
    assert wide == []


def test_html_needs_nothing_from_outside() -> None:
    """Styles are inlined, dark mode is a media query, nothing is loaded and nothing runs."""
    seen = Seen(html := render(sample_digest(reader(), NOW), SENDER, TARGET, NOW).html)
    names = {tag for tag, _ in seen.tags}
    assert not names & {"script", "img", "link", "iframe", "form", "object"}
    assert "url(" not in html
    assert "@media (prefers-color-scheme: dark)" in html
    cards = [attrs for _, attrs in seen.tags if attrs.get("class") == "card"]
    assert cards
    assert all("background-color" in (attrs["style"] or "") for attrs in cards)


def test_links_to_the_archive_only_where_readers_reach_it() -> None:
    """With a public address each card leads to its event's page; without one nothing does."""
    of = digest(card(event=7))
    public = render(of, SENDER, TARGET, NOW, public_url="https://news.example.org/")
    assert "https://news.example.org/events/7" in Seen(public.html).links()
    assert "\n   https://news.example.org/events/7\n" in public.text
    plain = render(of, SENDER, TARGET, NOW)
    assert not [link for link in Seen(plain.html).links() if "/events/" in link]
    assert reachable(WebConfig(public_url="http://127.0.0.1:8017")) == ""
    assert (
        reachable(WebConfig(public_url="https://news.example.org")) == "https://news.example.org"
    )


def test_one_click_where_readers_reach_the_page() -> None:
    """With a public address a mail can be ended by one click (RFC 8058), and each card judged."""
    url, signer = "https://news.example.org", Signer(key=b"k" * 64)
    made = render(digest(card(event=7)), SENDER, TARGET, NOW, None, url, signer)
    mail = message_from_bytes(made.message, policy=default)
    https, mailto = str(mail["List-Unsubscribe"]).split(", ")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert https.startswith(f"<{url}/unsubscribe?t=")
    assert mailto.startswith("<mailto:")
    named = signer.read("unsubscribe", https[1:-1].partition("?t=")[2], NOW)
    assert named == ("desk", f"{TARGET.channel}:{TARGET.address}")
    links = Seen(made.html).links()
    assert https[1:-1] in links
    assert {one.rpartition("&")[2] for one in links if "/feedback?" in one} == {
        "say=yes",
        "say=no",
    }
    assert made.text.count(f"{url}/feedback?t=") == 1
    assert f"{url}/digest?t=" in made.text
    # Over http nothing is promised, and without a key nothing is signed.
    plain = render(digest(card()), SENDER, TARGET, NOW, None, "http://intranet.example", signer)
    assert b"List-Unsubscribe-Post" not in plain.message
    assert b"?t=" not in render(digest(card()), SENDER, TARGET, NOW, None, url).message


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "Fine\r\nBcc: all@evil.example\r\n\r\nbody",
    "abc\u202egnp.exe\u2066\u2069",
    "{{ 7*7 }}{% raw %}",
    "lone \ud800 surrogate\x00\x1b[31m",
    "מבול של חדשות",
    "=?utf-8?q?=0D=0ABcc:_a@evil.example?=",
    "</style></bdi></a><style>*{display:none}",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt://o.example/%0aalert(1)",
    "data:text/html,<script>",
    "https://o.example@evil.example/",
    "https://o.example/\r\nBcc: a",
    "//evil.example",
    "https:evil.example",
    "https://[bad",
    "https://o.example/" + "a" * 3000,
]


def assert_harmless(of: Digest) -> None:
    rendered, message = mailed(of)
    assert {name.lower() for name in message} >= HEADERS
    assert len(message.keys()) == len(set(message.keys()))
    assert message["Bcc"] is None
    assert not re.search("[\u202a-\u202e\u2066\u2067\u200e\u200f]", rendered.text + rendered.html)
    assert "\n" not in rendered.subject
    seen = Seen(rendered.html)
    allowed = "html head meta title style body div p h1 h2 h3 b br a bdi mark"
    assert {tag for tag, _ in seen.tags} <= set(allowed.split())
    assert not [key for _, attrs in seen.tags for key in attrs if key.startswith("on")]
    assert all(re.match(r"https?://o\.example/|mailto:digest@", link) for link in seen.links())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    """Tags, line ends, direction marks and templates in a story are shown, never obeyed."""
    line = telling(title=text, outlet_name=text, language=text, copy_kind=text)
    shown = card(
        line,
        sentence=text,
        sentence_language=text,
        hits=((-5, 3), (2, 999), (7, 1)),
        topics=(text,),
        watches=(text,),
        changes=(text,),
        facts=(Fact(kind="money", value=1, unit="USD", text=text),),
    )
    for slot in ("now:1", "2018-09-21T07:00+07:00"):
        assert_harmless(digest(shown, replace(shown, kind="also"), slot=slot, name=text))
    of = digest(replace(shown, kind="update"), slot="now:1")
    assert_harmless(replace(of, ledger=text))


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_address_is_no_link(address: str) -> None:
    """Only plain http and https addresses become links."""
    of = digest(card(telling(address=address)), card(telling(address=address), kind="sent"))
    assert_harmless(of)
    rendered = render(of, SENDER, TARGET, NOW)
    assert all(link.startswith("mailto:") for link in Seen(rendered.html).links())
    assert "evil" not in rendered.text
    assert "javascript" not in rendered.text.lower()


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=300), st.text(max_size=300), st.lists(st.tuples(st.integers(), st.integers()))
)
def test_any_text_is_harmless(title: str, sentence: str, hits: list[tuple[int, int]]) -> None:
    """Whatever a story says, the mail parses back to our own headers and tags."""
    shown = card(telling(title=title), sentence=sentence, hits=tuple(hits[:4]))
    assert_harmless(digest(shown, slot="now:1", id=title, name=sentence))


@pytest.mark.parametrize(("events", "text"), [(2, "&<" * 3000), (40, "\U0001f6a2" * 500)])
def test_never_over_100_kb(events: int, text: str) -> None:
    """A flood of the widest texts in every kind of card is cut by construction, and says so."""
    lines = [
        telling(n, title=text, outlet_name=text, address="https://o.example/" + "&" * 580)
        for n in range(40)
    ]
    shown = card(*lines, sentence=text, topics=(text,) * 30, watches=(text,) * 30)
    flood = [
        replace(shown, event=number, kind=kind, late=late)
        for number in range(events)
        for kind, late in (("new", 0), ("new", 1), ("update", 0), ("also", 0), ("sent", 0))
    ]
    rendered, _ = mailed(digest(*flood))
    assert len(rendered.message) <= LARGEST
    assert len(rendered.html.encode()) <= LARGEST
    assert events < 4 or re.search(r"… \d+ more – find", rendered.text)


def test_the_smallest_form_always_fits() -> None:
    """Even with no card in full, the widest lines of every section stay under the size."""
    text, address = "&<" * 300, "https://o.example/" + "&" * 582
    shown = card(telling(title=text, outlet_name=text, address=address), watches=(text,) * 9)
    kinds = (("new", 0), ("new", 1), ("update", 0), ("also", 0), ("sent", 0))
    flood = [replace(shown, kind=kind, late=late) for kind, late in kinds for _ in range(3)]
    mail = _Mail(digest=digest(*flood), sender=SENDER, target=TARGET, now=NOW, thread=None)
    assert len(mail.holding(0, FEWEST_BRIEFS).message) <= LARGEST


def test_the_first_of_many_stay_in_full() -> None:
    """Among two hundred ordinary events the first stand in full, the next as lines."""
    cards = [card(telling(n), event=n, sentence="Harbor forum opens") for n in range(200)]
    rendered, _ = mailed(digest(*cards))
    full = sum(attrs.get("class") == "card" for _, attrs in Seen(rendered.html).tags)
    lines = sum(attrs.get("class") == "brief" for _, attrs in Seen(rendered.html).tags)
    assert full >= 15
    assert lines == 20
    assert f"… {200 - full - lines} more" in rendered.text


def test_empty_digest_says_so() -> None:
    """A digest without cards is a short mail that says there is nothing."""
    rendered, message = mailed(replace(digest(), ledger="checked 5 of 5 sources"))
    assert message["Subject"] == "Harborwatch: Nothing new for your watches."
    assert "checked 5 of 5 sources" in rendered.text


@pytest.mark.parametrize(
    "address",
    ["", "desk", "a@b.example\r\nBcc: c@d.example", "münchen@b.example", "a b@c.example"],
)
def test_bad_addresses_are_refused(address: str) -> None:
    """An address that no mail can go to is a lasting fault that says what to write."""
    with pytest.raises(ChannelError, match=r"name@domain") as caught:
        render(digest(card()), SENDER, replace(TARGET, address=address), NOW)
    assert caught.value.permanent


@pytest.mark.parametrize("language", ["en", "id", "zh", "th"])
def test_test_message(language: str) -> None:
    """The test message goes the way of a digest, in the reader's language."""
    who = reader(language, name="ข่าว\r\nX: y")
    parsed = message_from_bytes(envelope.test_message(who, SENDER, TARGET, NOW), policy=default)
    assert parsed["X"] is None
    assert "desk@reader.example" in parsed.get_content()
    assert parsed["Auto-Submitted"] == "auto-generated"


def test_long_and_foreign_identities_keep_headers_whole() -> None:
    """Names in any script and long senders leave headers that parse back unfolded."""
    sender = f"{'a' * 50}@{'b' * 50}.{'c' * 50}.example"
    who = reader("my", id="မြန်မာ စာရင်းသွင်းသူ", name="သတင်းဌာန " * 20)
    of = replace(digest(card()), subscriber=who)
    rendered = render(of, sender, TARGET, NOW, f"<{'d' * 60}@{'e' * 60}.example>")
    parsed = message_from_bytes(rendered.message, policy=default)
    raw = message_from_bytes(rendered.message)
    for name in ("Message-ID", "References", "List-Unsubscribe"):
        assert "=?" not in raw[name]
    assert parsed["Message-ID"] == rendered.message_id
    assert parsed["List-Unsubscribe"].startswith(f"<mailto:{sender}?")
