"""Laws 3 and 5: once, explained, and not by the order in which things came."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.changes import fact_changes
from alerts.compose import Match, Told, compose, told_by
from alerts.views import view
from alerts.wording import wording_for
from news import Digest, Fact, Subscriber, Target, Telling

NOON = datetime(2018, 9, 20, 5, tzinfo=UTC)
DAILY, INSTANT = "2018-09-21T07:00+07:00", "now:2018-09-20T05:00:00+00:00"
NOTHING = Told(stories={}, events=frozenset(), facts={}, instant=frozenset(), event_of={}, also={})
TITLES = {
    "id": "Forum Pelabuhan Informasi dibuka",
    "ms": "Forum Pelabuhan Maklumat bermula",
    "en": "Harbor forum opens",
    "zh": "信息港论坛开幕",
    "vi": "Diễn đàn Cảng thông tin khai mạc",
    "th": "เปิดการประชุมท่าเรือสารสนเทศ",
    "km": "វេទិកាកំពង់ផែព័ត៌មានបើក",
    "lo": "ເປີດກອງປະຊຸມທ່າເຮືອຂໍ້ມູນ",
    "my": "သတင်းအချက်အလက် ဖိုရမ် ဖွင့်လှစ်",
    "fil": "Binuksan ang forum",
}


def reader(language: str = "en", when_empty: str = "skip") -> Subscriber:
    target = Target(channel="mail", address="desk@reader.example")
    return Subscriber(
        id="desk",
        name="Desk",
        zone="Asia/Jakarta",
        language=language,
        targets=(target,),
        watches=(),
        when_empty=when_empty,
    )


def number(value: float, text: str = "", unit: str = "", at: int = 0) -> Fact:
    kind = {"": "count", "%": "percent"}.get(unit, "money")
    told = Fact(kind=kind, value=value, unit=unit, text=text or f"{value:g}", start=at, end=at + 1)
    return replace(told, what="projects", known=True) if kind == "count" else told


def match(
    story: int,
    event: int = 1,
    *,
    language: str = "en",
    outlet: str | None = None,
    revision: int = 1,
    copy_of: int | None = None,
    facts: Sequence[float] = (),
    watch: str = "Harbor",
    late: bool = False,
    minutes: int | None = None,
) -> Match:
    seen = NOON + timedelta(minutes=story if minutes is None else minutes)
    telling = Telling(
        story=story,
        revision=revision,
        outlet=outlet or f"o{story}",
        outlet_name=(outlet or f"o{story}").upper(),
        language=language,
        title=TITLES[language],
        address=f"https://o.example/{story}",
        published_at=seen,
        published_precision="minute",
        first_seen_at=seen,
        copy_of=copy_of,
        copy_kind="reprint" if copy_of else "",
    )
    return Match(
        story=telling,
        event=event,
        topics=("caih",),
        watch=watch,
        sentence=TITLES[language],
        hits=((0, 5),),
        facts=tuple(number(value, at=place) for place, value in enumerate(facts)),
        late=late,
    )


def made(
    matches: Sequence[Match], told: Told = NOTHING, slot: str = DAILY, **who
) -> Digest | None:
    return compose(reader(**who), slot, NOON, matches, told, "checked 5 of 5 sources")


def told_after(told: Told, digest: Digest | None, matches: Sequence[Match], slot: str) -> Told:
    """Keep what was told as an archive would: a naive one."""
    if digest is None:
        return told
    known = {(one.story.story, one.story.revision): one for one in matches}
    stories, facts, also = dict(told.stories), dict(told.facts), dict(told.also)
    loud = {t.story for c in digest.cards if c.kind in {"new", "update"} for t in c.tellings}
    for story, revision in told_by(digest):
        if story not in stories and story not in loud:
            also[story] = known[story, revision].story.outlet
        if story in loud:
            also.pop(story, None)
        stories[story] = max(revision, stories.get(story, 0))
        facts[story] = known[story, revision].facts
    event_of = {**told.event_of, **{m.story.story: m.event for m in matches}}
    event_of = {story: event_of[story] for story in stories}
    instant = {c.event for c in digest.cards if c.kind in {"new", "update"}} | told.instant
    return Told(
        stories=stories,
        events=frozenset(event_of.values()),
        facts=facts,
        instant=frozenset(instant if slot.startswith("now:") else ()),
        event_of=event_of,
        also=also,
    )


def kinds(digest: Digest | None) -> list[str]:
    return [] if digest is None else [card.kind for card in digest.cards]


def test_one_card_per_event() -> None:
    """Tellings of one event in all ten languages are one card, copies after the originals."""
    matches = [match(n, language=code) for n, code in enumerate(TITLES, start=1)]
    digest = made([match(20, language="id", copy_of=1, minutes=0), *matches])
    assert digest is not None
    (card,) = digest.cards
    assert [line.story for line in card.tellings] == [*range(1, 11), 20]
    assert card.kind == "new"


@pytest.mark.parametrize("language", TITLES)
def test_headline_in_the_readers_language(language: str) -> None:
    """The headline is in the reader's language where one of the tellings has it."""
    matches = [match(n, language=code) for n, code in enumerate(TITLES, start=1)]
    digest = made(matches, language=language)
    assert digest is not None
    assert digest.cards[0].headline == TITLES[language]
    assert digest.cards[0].sentence == TITLES[language]


def test_headline_of_the_first_original() -> None:
    """Without a telling in the reader's language the first original gives the headline."""
    digest = made([match(2, language="vi", copy_of=3, minutes=0), match(3, language="th")])
    assert digest is not None
    assert digest.cards[0].headline == TITLES["th"]


def test_own_revision_is_an_update() -> None:
    """A told story's own revision with other facts is an update that says what changed."""
    first = [match(1, facts=[35, 2018])]
    told = told_after(NOTHING, made(first), first, DAILY)
    digest = made([match(1, revision=2, facts=[53, 2018])], told)
    assert digest is not None
    assert digest.cards[0].kind == "update"
    assert digest.cards[0].changes == ("35 → 53",)
    assert told_by(digest) == ((1, 2),)


@pytest.mark.parametrize(
    "further",
    [
        [match(1, revision=2, facts=[2018, 35])],
        [match(2, facts=[35])],
        [match(2, facts=[53])],
        [match(2, facts=[53]), match(3, outlet="o2", facts=[53])],
        [match(2, facts=[53]), match(3, copy_of=2, facts=[53])],
        [match(2, copy_of=1, facts=[53]), match(3, copy_of=1, facts=[53])],
        [match(2, event=9, copy_of=1, facts=[53])],
    ],
    ids=[
        "revision-same-facts",
        "telling-same-fact",
        "one-outlet",
        "same-outlet-twice",
        "outlet-and-its-copy",
        "copies-only",
        "copy-in-an-event-of-its-own",
    ],
)
def test_no_digest_without_news(further: list[Match]) -> None:
    """Nothing of a told event makes a digest unless a fact is new by law 3."""
    first = [match(1, facts=[35, 2018])]
    told = told_after(NOTHING, made(first), first, DAILY)
    assert made(further, told) is None
    assert made(further, told, INSTANT, when_empty="say") is None


def test_two_outlets_make_an_update() -> None:
    """A value new to the event from two independent outlets is an update."""
    first = [match(1, facts=[179])]
    told = told_after(NOTHING, made(first), first, DAILY)
    digest = made([match(2, facts=[779]), match(3, facts=[779]), match(4)], told)
    assert kinds(digest) == ["update"]
    assert digest is not None
    assert digest.cards[0].changes == ("+ 779",)
    assert told_by(digest) == ((2, 1), (3, 1), (4, 1))


def test_an_update_names_who_was_first_of_the_whole_event() -> None:
    """Who was out first is named whether or not the update tells it again."""
    first = [match(1, facts=[179])]
    told = told_after(NOTHING, made(first), first, DAILY)
    digest = made([*first, match(2, facts=[779]), match(3, facts=[779])], told)
    assert digest is not None
    (card,) = digest.cards
    assert [line.story for line in card.tellings] == [2, 3]
    assert card.first is not None
    assert card.first.story == 1


@pytest.mark.parametrize("language", sorted(TITLES))
def test_an_update_is_called_in_the_readers_language(language: str) -> None:
    """An update has the headline that its reader can read, though that telling was told before."""
    other = "en" if language != "en" else "id"
    first = [match(1, language=language, facts=[179])]
    told = told_after(NOTHING, made(first), first, DAILY)
    later = [match(n, language=other, facts=[779]) for n in (2, 3)]
    digest = made([*first, *later], told, language=language)
    assert digest is not None
    (card,) = digest.cards
    assert (card.kind, card.headline, card.address) == (
        "update",
        TITLES[language],
        "https://o.example/1",
    )
    assert [line.story for line in card.tellings] == [2, 3]


def test_an_update_counts_in_one_scope() -> None:
    """Outlets, languages, originals and copies of a card are counted over the whole event."""
    first = [match(1, language="zh", facts=[179])]
    told = told_after(NOTHING, made(first), first, DAILY)
    digest = made([*first, match(2, facts=[779]), match(3, facts=[779], copy_of=None)], told)
    assert digest is not None
    wording = wording_for("en")
    (shown,) = view(digest, wording, 5, 5).sections[0].cards
    assert shown.languages == "en 2 · zh 1"
    assert shown.counts == "3 originals"
    assert "3 outlets" in shown.reason
    assert len(shown.lines) == 2


def test_second_outlet_days_later_makes_an_update() -> None:
    """A value that stood in an "also" line alone is announced when a second outlet has it."""
    first = [match(1, facts=[179])]
    told = told_after(NOTHING, made(first), first, DAILY)
    second = [match(2, facts=[779]), match(9, 7)]
    digest = made(second, told)
    assert kinds(digest) == ["new", "also"]
    told = told_after(told, digest, second, DAILY)
    third = [match(3, facts=[779])]
    digest = made(third, told)
    assert kinds(digest) == ["update"]
    told = told_after(told, digest, third, DAILY)
    assert made([match(4, facts=[779])], told) is None


def test_instant_alert_stands_as_sent() -> None:
    """What an instant alert told is one "sent" line in the daily digest, once."""
    first, other = [match(1)], [match(5, event=2)]
    told = told_after(NOTHING, made(first, slot=INSTANT), first, INSTANT)
    digest = made([*first, *other, match(2)], told)
    assert kinds(digest) == ["new", "sent"]
    told = told_after(told, digest, [*first, *other, match(2)], DAILY)
    assert made([*first, *other, match(2)], told) is None


def test_say_gives_an_empty_digest() -> None:
    """Who wants to hear that nothing is new hears it, in regular slots."""
    digest = made([], when_empty="say")
    assert digest is not None
    assert digest.cards == ()
    assert made([]) is None


def test_late_stories_are_flagged() -> None:
    """A card is late when all of its stories are, and stands after the others of its kind."""
    matches = [match(1, late=True, minutes=9), match(2, 2), match(3, 3, late=True), match(4, 3)]
    digest = made(matches)
    assert digest is not None
    assert [(card.event, card.late) for card in digest.cards] == [
        (3, False),
        (2, False),
        (1, True),
    ]


def test_a_telling_without_a_watch_opens_no_card() -> None:
    """What no watch found is shown with its event, but is no news of its own."""
    assert made([match(1, watch="")]) is None
    digest = made([match(1, watch=""), match(2)])
    assert digest is not None
    assert [line.story for line in digest.cards[0].tellings] == [1, 2]
    assert digest.cards[0].watches == ("Harbor",)


def test_merge_and_split_send_nothing() -> None:
    """An event is told if any of its stories was."""
    first = [match(1), match(2), match(3, event=2)]
    told = told_after(NOTHING, made(first), first, DAILY)
    merged = [match(1, 2), match(2, 2), match(3, 2)]
    split = [match(1, 5), match(2, 6), match(3, 7)]
    assert made(merged, told) is None
    assert made(split, told) is None


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ([35, 7], [53, 7], ("35 → 53",)),
        ([35, 7], [7, 35, 7], ()),
        ([35], [35, 59], ("+ 59",)),
        ([35, 59], [35], ("− 59",)),
        ([1, 2, 3], [1, 20, 30], ("2 → 20", "3 → 30")),
        ([], [], ()),
    ],
)
def test_changes_of_facts(old: list[float], new: list[float], lines: tuple[str, ...]) -> None:
    """A change names the old and the new value; order and repetition are none."""
    was = [number(value, at=place) for place, value in enumerate(old)]
    now = [number(value, at=place) for place, value in enumerate(new)]
    assert fact_changes(was, now) == lines


def test_the_same_words_read_otherwise_are_no_change() -> None:
    """What a newer version reads more of (units, days, names) is no revision's doing."""
    was = [Fact(kind="count", value=7, text="7 km")]
    now = [
        Fact(kind="count", value=7, unit="km", text="7 km"),
        Fact(kind="date", value="2018-09-12", text="12 September"),
        Fact(kind="place", value="Nanning", what="nanning", text="Nanning"),
    ]
    assert fact_changes(was, now) == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("35 proyek", "53 proyek", "35 → 53 proyek"),
        ("35个项目", "53个项目", "35 → 53个项目"),
        ("35 โครงการ", "53 โครงการ", "35 → 53 โครงการ"),
        ("lima proyek", "53 proyek", "lima proyek → 53 proyek"),
        ("គម្រោងចំនួន ៣៥", "គម្រោងចំនួន ៥៣", "គម្រោងចំនួន ៣៥ → គម្រោងចំនួន ៥៣"),
    ],
)
def test_a_correction_names_the_thing_once(old: str, new: str, line: str) -> None:
    """Where both have digits with the same words behind, these stand there once."""
    assert fact_changes([number(35, old)], [number(53, new)]) == (line,)


def test_days_and_names_change_in_pairs_only() -> None:
    """A day or place that took another's is a correction; one more is none."""
    was = [Fact(kind="date", value="2018-09-12", text="12 September"), number(35)]
    now = [Fact(kind="date", value="2018-09-13", text="13 September"), number(35)]
    assert fact_changes(was, now) == ("12 → 13 September",)
    assert fact_changes(was, [*was, now[0]]) == ()
    there = [Fact(kind="place", value=name, what=name, text=name) for name in ("Beihai", "Guilin")]
    assert fact_changes(there[:1], there[1:]) == ("Beihai → Guilin",)


def test_an_update_says_where_outlets_contradict() -> None:
    """A card has the conflicts of its event's originals, those with what was told before too."""
    first = [match(1, facts=[179])]
    told = told_after(NOTHING, made(first), first, DAILY)
    both = [match(1, facts=[179]), match(2, outlet="o2", facts=[779])]
    digest = made([*both, match(3, outlet="o3", facts=[779])], told)
    assert digest is not None
    (card,) = digest.cards
    assert card.changes == ("+ 779",)
    assert [line.story for line in card.tellings] == [2, 3]
    assert card.conflicts == ("779 projects: O2, O3; 179 projects: O1",)
    assert made([match(4, outlet="o4", copy_of=1, facts=[5])]).cards[0].conflicts == ()


def test_money_never_becomes_a_share() -> None:
    """Only facts of one unit are taken for one that changed."""
    was, now = [number(20e9, "20 miliar", "CNY")], [number(20, "20%", "%")]
    assert fact_changes(was, now) == ("− 20 miliar", "+ 20%")


@st.composite
def _matches(draw: st.DrawFn) -> list[Match]:
    """Stories of a small world: some events, outlets and values, so that they meet often."""
    found = []
    for story in draw(st.lists(st.integers(1, 9), max_size=8)):
        copy_of = draw(st.sampled_from([None, None, None, 1, 2]))
        one = match(
            story,
            draw(st.integers(1, 3)),
            language=draw(st.sampled_from(list(TITLES))),
            outlet=f"o{story % 4}",
            revision=draw(st.integers(1, 3)),
            copy_of=None if copy_of == story else copy_of,
            facts=draw(st.lists(st.sampled_from([35.0, 53.0, 59.0]), max_size=2)),
            watch=draw(st.sampled_from(["Harbor", "Harbor", "Corridor", ""])),
            late=draw(st.booleans()),
        )
        found.append(one)
    return found


_one_truth = settings(max_examples=150, deadline=None)


def _consistent(matches: list[Match]) -> list[Match]:
    """Give each revision of a story one telling, as an archive would."""
    events = {one.story.story: one.event for one in reversed(matches)}
    seen: dict[tuple[int, int], Match] = {}
    kept = []
    for one in matches:
        first = seen.setdefault((one.story.story, one.story.revision), one)
        kept.append(
            replace(one, story=first.story, facts=first.facts, event=events[one.story.story])
        )
    return kept


@_one_truth
@given(_matches(), _matches(), st.randoms(use_true_random=False), st.sampled_from(["en", "zh"]))
def test_order_of_matches_means_nothing(before, after, random, language) -> None:
    """Any order of the same matches gives the same digest."""
    told = told_after(NOTHING, made(_consistent(before)), _consistent(before), DAILY)
    shuffled = list(after)
    random.shuffle(shuffled)
    who = {"language": language, "when_empty": "say"}
    assert made(after, told, **who) == made(shuffled, told, **who)


@_one_truth
@given(st.lists(_matches(), min_size=1, max_size=4), st.sampled_from([DAILY, INSTANT]))
def test_nothing_twice(rounds, slot) -> None:
    """After a digest the same matches give nothing, whatever was told before it."""
    told = NOTHING
    for round_of in rounds:
        matches = _consistent(round_of)
        told = told_after(told, made(matches, told, slot), matches, slot)
        again = made(matches, replace(told, instant=frozenset()), when_empty="say")
        assert again is not None
        if made(matches, told, slot) is None and kinds(again):
            # Only what could not make a digest by itself may still be waiting.
            assert set(kinds(again)) == {"also"}
        told = told_after(told, again, matches, DAILY)
        assert kinds(made(matches, told, when_empty="say")) == []
        assert made(matches, told, slot) is None


@_one_truth
@given(_matches(), _matches(), st.lists(st.integers(1, 4), min_size=10, max_size=10))
def test_regrouping_sends_nothing(before, after, events) -> None:
    """Told stories in any other grouping into events make no digest."""
    matches = _consistent([*before, *after])
    told = told_after(NOTHING, made(matches), matches, DAILY)
    moved = [
        replace(one, event=events[one.story.story])
        for one in matches
        if told.stories.get(one.story.story, 0) >= one.story.revision
    ]
    event_of = {story: events[story] for story in told.stories}
    later = replace(told, event_of=event_of, events=frozenset(event_of.values()))
    assert made(moved, later) is None


@_one_truth
@given(_matches(), _matches())
def test_nothing_vanishes(before, after) -> None:
    """A digest tells every untold story of a watched or told event, at its last revision."""
    first, matches = _consistent(before), _consistent(after)
    told = told_after(NOTHING, made(first), first, DAILY)
    digest = made(matches, told, when_empty="say")
    assert digest is not None
    shown = {card.event: card for card in digest.cards}
    last = {one.story.story: 0 for one in matches}
    for one in matches:
        last[one.story.story] = max(last[one.story.story], one.story.revision)
    pairs = set(told_by(digest))
    for one in matches:
        story = one.story.story
        top_watch = one.watch and one.story.revision == last[story]
        if story not in told.stories and top_watch:
            assert (story, last[story]) in pairs
            assert one.event in shown


@_one_truth
@given(_matches(), _matches())
def test_copies_never_send(before, after) -> None:
    """Copies of any kind add to a told event, but make no digest."""
    first = _consistent(before)
    told = told_after(NOTHING, made(first), first, DAILY)
    copies = [
        replace(one, story=replace(one.story, copy_of=one.story.story + 100))
        for one in after
        if one.event in told.events
    ]
    assert made(copies, told) is None
