"""harborwatch explain: what became of an address or a story, and why."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from played_days import Played

from harborwatch.commands import main

pytestmark = pytest.mark.long

Run = Callable[..., Result]
SEED = "indotelko:1537410163"


@pytest.fixture
def run(played: Played) -> Run:
    """Run a command on the home that the demo's days leave."""
    return lambda *arguments: CliRunner().invoke(main, ["--home", str(played.home), *arguments])


def steps(done: Result) -> list[tuple[str, str]]:
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [(one["about"], one["text"]) for one in lines]


def test_the_seed_is_told_from_sighting_to_delivery(run: Run) -> None:
    """Sources, page, revision, copies, event, topics, watch, digest and delivery are all there."""
    done = run("explain", "--json", SEED)
    assert done.exit_code == 0, done.output
    said = steps(done)
    order = ["address", "seen", "fetched", "story", "said", "kind", "copy", "event", "topic"]
    order += ["watch", "told", "delivered"]
    assert [
        about for about in dict.fromkeys(about for about, _ in said) if about in order
    ] == order
    about = dict(reversed(said))
    # Two listings show it; which one came first is the network's affair.
    assert about["seen"].startswith("indotelko/listing")
    assert " showed it" in about["seen"]
    assert (
        about["event"].split(":")[0].endswith("joined because same") or "opened" in about["event"]
    )
    assert ("delivered", "mailbox:reader@harbor.example, handed over") in said
    assert any(text.startswith("@caih: ") and "Information Harbor" in text for _, text in said)


@pytest.mark.parametrize(
    "what",
    [
        "https://www.{host}/read/1537410163/another-slug",
        "https://www.{host}/amp/read/1537410163/tiongkok-asean",
        "{host}/read/1537410163/",
    ],
)
def test_any_twin_of_an_address_leads_to_it(run: Run, played: Played, what: str) -> None:
    """AMP, slug, scheme and www make no difference."""
    twin = what.format(host=f"indotelko.localhost:{played.press.port}")
    assert run("explain", twin).stdout == run("explain", SEED).stdout


def test_every_story_and_page_can_be_explained(run: Run, played: Played) -> None:
    """Each story's number and address give the same trail, and it ends with who was told."""
    for row in sorted(played.rows.values(), key=lambda one: one.id)[::15]:
        by_number = run("explain", str(row.id))
        assert by_number.exit_code == 0, by_number.output
        assert run("explain", row.address).stdout == by_number.stdout
        assert "\ntold\t" in by_number.stdout


def test_history_says_that_it_is_never_mailed(run: Run, played: Played) -> None:
    """For a story of history each watch says why it was not asked."""
    row = next(one for one in played.rows.values() if one.history and "caexpo" in one.topics)
    said = steps(run("explain", "--json", str(row.id)))
    assert ("kind", "history: searchable, never mailed") in said
    assert ("told", "nobody") in said
    whys = [text for about, text in said if about == "watch"]
    assert any("which no watch is asked about (else it would)" in why for why in whys)


def test_a_query_is_explained_either_way(run: Run, played: Played) -> None:
    """With a query: the words that answer it, or what is missing; 0 or 1."""
    yes = run("explain", SEED, "title:Tiongkok AND Nanning")
    assert yes.exit_code == 0, yes.output
    assert "Tiongkok" in yes.stdout
    no = run("explain", SEED, "Nanning AND Manila")
    assert no.exit_code == 1
    assert "manila" in no.stdout.lower()


def test_what_was_never_seen_says_why(run: Run, played: Played) -> None:
    """An address of no outlet, or of an outlet's that no source showed, ends with 1."""
    host = f"indotelko.localhost:{played.press.port}"
    foreign = run("explain", "https://nowhere.example/a")
    assert foreign.exit_code == 1
    assert "no outlet of the catalogue has this host" in foreign.stdout
    own = run("explain", f"http://{host}/read/1111111111/x")
    assert own.exit_code == 1
    assert "its sources: indotelko/listing" in own.stdout
    page = run("explain", f"http://{host}/about")
    assert "does not look like a story of indotelko" in page.stdout
    assert run("explain", "https://nowhere.example/a", "ASEAN").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("999999",), 1, "there is no story 999999"),
        (("9" * 30,), 1, ""),
        (("foo",), 2, "is no address and no story number"),
        (("http://[",), 2, "is no address and no story number"),
        (("",), 2, "is no address"),
        ((SEED, '"open'), 2, "^"),
        ((SEED, "@cahi"), 2, 'did you mean "caih"'),
    ],
)
def test_wrong_questions_are_told(
    run: Run, arguments: tuple[str, ...], code: int, says: str
) -> None:
    """What is neither address nor number, and a query that is none, is told with its status."""
    done = run("explain", *arguments)
    assert done.exit_code == code, done.output
    assert says in " ".join(f"{done.stdout} {done.stderr}".split())
