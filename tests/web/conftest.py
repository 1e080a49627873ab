"""One archive with stories of ten languages and a hostile one, and its server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from archive_press import print_all
from archive_tellings import ANI, NOON, dated, put, revise, story, subscribe
from web_server import Server, serving

from archive import open_archive
from archive.grouping import events
from archive.grouping.events import Place
from archive.keeping import stories
from archive.telling import digests
from archive.telling.digests import Issue, Message
from news import CopyOf, EventLink, Mention, Rhythm, Target, Watch

#: what a hostile page may bring: a script, marks that turn the line, controls
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe\u2066 {{7*7}}\x07"
EVIL_ADDRESS = "javascript:alert(document.domain)//https://evil.example/"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose archive holds thirty-four stories, an event with a copy, a digest."""
    folder = tmp_path_factory.mktemp("web")
    archive = open_archive(f"sqlite:///{folder / 'archive.db'}")
    with archive.write() as db:
        print_all(db)
        subscribe(db, replace(ANI, watches=(*ANI.watches, _evil_watch())))
        first = put(db, _first())
        event = stories.load(db, [first])[0].event
        put(db, replace(_first(), key="copy", page_key="copy", address="https://a.example/copy",
                        outlet="antara", copy_of=CopyOf(story=first, kind="reprint", containment=0.9),
                        event=EventLink(event=event)))  # fmt: skip
        revise(
            db, first, replace(_first(), body=_first().body.replace("35 projects", "53 projects"))
        )
        other = put(db, story("other", "Empat belas proyek", "Empat belas proyek di Nanning."))
        merged = stories.load(db, [other])[0].event
        assert event
        assert merged
        events.place(db, [Place(story=other, event=event, score=1.0, because="same: nanning")])
        events.join(db, merged, event)
        put(db, _hostile())
        digests.save(db, _digest(first))
    archive.close()
    return folder


@pytest.fixture(scope="session")
def served(home: Path) -> Iterator[Server]:
    with serving(home) as server:
        yield server


@pytest.fixture
def web(served: Server) -> Server:
    """The server, met by somebody new."""
    served.cookies.clear()
    return served


def _first():
    title = "Forum signs projects"
    return replace(
        story("forum", title, "NANNING - The forum saw 35 projects signed.\nMore will follow."),
        language="en", country="SG", published=dated(NOON), authors=("Lee Mei",),
        mentions=(Mention(topic="caih", field="body", start=14, end=19, words="forum",
                          clause="forum", sentence="The forum saw 35 projects signed."),),
    )  # fmt: skip


def _hostile():
    return replace(
        story("evil", EVIL, f"{EVIL}\nASEAN {EVIL}"),
        address=EVIL_ADDRESS, authors=(EVIL,), section=EVIL, agency=EVIL, titles=(("h1", EVIL),),
        language="en", first_seen_at=NOON + timedelta(days=90),
        mentions=(Mention(topic="bri", field="body", start=0, end=8, words=EVIL, clause=EVIL,
                          sentence=EVIL),),
    )  # fmt: skip


def _evil_watch() -> Watch:
    return Watch(name="evil", query="ASEAN", rhythm=Rhythm(kind="instant"))


def _digest(first: int) -> Issue:
    target = Target(channel="mailbox", address="ani@desk.example")
    return Issue(
        subscriber="ani", slot="2018-09-20T17:00+07:00", at=NOON, subject=f"1 new event {EVIL}",
        text=f"Text {EVIL}", html=f"<p>HTML</p>{EVIL}", tells=[(first, 1, "new")], instant=False,
        messages=[Message(target=target, message_id="<1@desk.example>", message=b"")],
    )  # fmt: skip
