"""What the demo's reader was told: the forum once, by mail that reads well."""

import email
import email.policy
from collections import Counter

from played_days import Played

from news import Card

FORUM = "caih-forum-2018"


def forum_cards(played: Played) -> list[tuple[str, Card]]:
    (event,) = {row.event for row in played.happening(FORUM)}
    return [(d.slot, card) for d in played.digests for card in d.cards if card.event == event]


def test_the_forum_is_news_once(played: Played) -> None:
    """Over all alerts and digests the forum is new once; after that only what changed is told."""
    cards = forum_cards(played)
    kinds = [card.kind for _, card in cards]
    assert kinds[0] == "new"
    assert kinds.count("new") == 1
    assert cards[0][0].startswith("now:"), "the first telling is worth an instant alert"
    assert all(card.changes for _, card in cards if card.kind == "update")


def test_a_digest_holds_an_event_once(played: Played) -> None:
    """In one digest each event has one card."""
    for digest in played.digests:
        events = [card.event for card in digest.cards]
        assert len(events) == len(set(events))


def test_the_daily_digest_does_not_repeat_the_alert(played: Played) -> None:
    """In daily digests the forum stands as one line of what is known, never as news again."""
    daily = [card.kind for slot, card in forum_cards(played) if not slot.startswith("now:")]
    assert daily
    assert set(daily) <= {"also", "sent"}


def test_no_revision_is_told_twice(played: Played) -> None:
    """No story's revision is told as news twice (law 3)."""
    told = Counter(
        (line.story, line.revision)
        for digest in played.digests
        for card in digest.cards
        if card.kind in ("new", "also")
        for line in card.tellings
    )
    assert [pair for pair, times in told.items() if times > 1] == []


def test_every_telling_of_the_forum_is_told(played: Played) -> None:
    """Each of the eight tellings stands in some digest's card."""
    told = {line.story for _, card in forum_cards(played) for line in card.tellings}
    assert told == {row.id for row in played.happening(FORUM)}


def test_every_digest_is_one_mail(played: Played) -> None:
    """Each digest is one .eml with a Message-ID of its own, text and HTML saying the same."""
    files = sorted((played.home / "mailbox").glob("*.eml"))
    mails = [email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files]
    assert len(mails) == len(played.digests) == len(played.past())
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)
    subjects = Counter(mail["Subject"].strip() for mail in mails)
    assert subjects == Counter(one.subject for one in played.past())
    for mail in mails:
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        assert "checked " in text
        assert "List-Unsubscribe" in mail
        assert html.lstrip().startswith("<!")


def test_the_alert_names_the_sentence_and_the_words(played: Played) -> None:
    """The instant alert quotes the sentence that was hit, with the words marked."""
    _, card = forum_cards(played)[0]
    assert card.sentence
    assert any("信息港" in card.sentence[a:b] for a, b in card.hits)
    assert "core" in card.watches
    assert len(card.topics) >= 2
