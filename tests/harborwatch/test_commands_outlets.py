"""`harborwatch outlets check` and `outlets new`, on the press over HTTP."""

import http.client
import json
import tomllib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crawler import catalogue
from harborwatch.commands import main
from harborwatch.config import NAME
from harborwatch.press import Press, wide
from news import Outlet
from pipelines.reading.addresses import canonical, is_story, key

pytestmark = pytest.mark.long

OPEN = "[crawl]\npace = 0.0\nallow_private_addresses = true\n"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(wide.NOW, edition="wide") as running:
        yield running


@pytest.fixture
def home(press: Press, tmp_path: Path) -> Path:
    """A home whose outlets are those of the press, days and wide."""
    folder = tmp_path / "home"
    press.write_catalogue(folder / "outlets")
    wide.write_catalogue(folder / "outlets", press.port)
    (folder / NAME).write_text(OPEN, "utf-8")
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """Run `harborwatch outlets` on that home."""

    def called(*arguments: str | Path) -> Result:
        named = ["--home", str(home), "outlets", *map(str, arguments)]
        return CliRunner().invoke(main, named, catch_exceptions=False)

    return called


def reported(done: Result, about: str) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [row for row in rows if row["about"] == about]


def file_of(home: Path, name: str) -> Path:
    return next(home.glob(f"outlets/*/{name}.toml"))


def changed(home: Path, name: str, old: str, new: str) -> Path:
    """Change an outlet's file, once."""
    path = file_of(home, name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    "name",
    ["indotelko", "kabarniaga", "swarna", "suaranegeri", "harbourpost", "tinbienso", "ayarwun",
     "prthai"],
)  # fmt: skip
def test_a_right_outlet_is_found_right(run: Run, name: str) -> None:
    """Of each layout family: every way shows stories, the pages are read, nothing is wrong."""
    done = run("check", name, "--pages", "2", "--json")
    ways, pages = reported(done, "way"), reported(done, "page")
    assert reported(done, "wrong") == []
    assert done.exit_code == 0, done.stderr
    assert all(way["outcome"] == "good" and way["stories"] == way["entries"] for way in ways)
    assert pages
    assert all(page["title"] and page["body"] and page["published"] for page in pages)


@pytest.mark.parametrize("name", ["rohasbanh"])
def test_a_page_that_cannot_be_read_is_told(run: Run, name: str) -> None:
    """Of client-rendered pages each is read or is wrong with its reason; the status says which."""
    done = run("check", name, "--pages", "2", "--json")
    pages = reported(done, "page")
    refused = [page for page in pages if "refused" in page]
    assert len(pages) == 2
    assert len([one for one in reported(done, "wrong") if "no story" in one["text"]]) == len(
        refused
    )
    assert done.exit_code == (1 if reported(done, "wrong") else 0)


def test_the_report_is_for_a_person_too(run: Run) -> None:
    """As text: ways, pages with what each selector finds, findings with a next step, a sum."""
    done = run("check", "indotelko", "--pages", "1")
    assert done.exit_code == 0, done.output
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert ["indotelko/listing", "HTTP 200, text/html, 20 KB"] in [row[:2] for row in rows]
    assert {"title", "published", "authors", "language", "body", "key"} <= {row[0] for row in rows}
    assert ["2", "body", "div#font_news", "1"] in [row[:4] for row in rows]
    assert "0 wrong" in rows[-1][0]


def test_what_is_wrong_has_its_line(run: Run, home: Path) -> None:
    """A selector that finds nothing, a pattern that fits nothing: file and line, status 1."""
    changed(home, "indotelko", 'body = "div#font_news"', 'body = "div#no_such"')
    path = changed(home, "indotelko", 'body = "div#font_news"', 'body = "div#no_such"')
    lines = path.read_text("utf-8").splitlines()
    done = run("check", "indotelko", "--pages", "2", "--json")
    assert done.exit_code == 1
    wrong = {one["where"]: one for one in reported(done, "wrong")}
    at = max(number for number, line in enumerate(lines, 1) if "no_such" in line)
    assert "finds something on 0 of 2 pages" in wrong[f"{path}:{at}"]["text"]
    path = changed(home, "radiotanjung", "story = ['", "story = ['^/nowhere/")
    done = run("check", "radiotanjung", "--json")
    assert done.exit_code == 1
    at = next(n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if "nowhere" in line)  # fmt: skip
    texts = {one["text"] for one in reported(done, "wrong") if one["where"] == f"{path}:{at}"}
    assert any("none of the 3 addresses of radiotanjung/feed" in text for text in texts)


@pytest.mark.parametrize(
    ("name", "said", "step"),
    [
        ("junctionasia", "HTTP 404", "harborwatch outlets new"),
        ("cerapan", "HTTP 403", "shuts programs out"),
        ("guancha", "empty answer", "harborwatch outlets new"),
        ("gocpho", "HTML where a feed was expected", "harborwatch outlets new"),
    ],
)
def test_a_shut_way_is_told_with_the_next_step(run: Run, name: str, said: str, step: str) -> None:
    """Of layout family G: the way that fails is wrong, says why, and what to do."""
    done = run("check", name, "--pages", "0", "--json")
    assert done.exit_code == 1
    (wrong,) = [one for one in reported(done, "wrong") if one["where"] == f"{name}/feed"]
    assert said in wrong["text"]
    assert step in wrong["step"]


def test_robots_and_private_networks_are_respected(run: Run, home: Path, press: Press) -> None:
    """A way that robots.txt forbids is not asked; without leave no private address is."""
    path = changed(home, "indotelko", "/kanal/ekonomi", "/cari/ekonomi")
    done = run("check", path, "--pages", "0", "--json")
    (wrong,) = reported(done, "wrong")
    assert "robots.txt" in wrong["text"]
    assert "forbids" in wrong["step"]
    assert "/cari/ekonomi" not in [hit.path for hit in press.log]
    (home / NAME).write_text("[crawl]\npace = 0.0\n", "utf-8")
    begun = len(press.log)
    done = run("check", "indotelko", "--json")
    assert done.exit_code == 1
    assert all("private" in one["text"] for one in reported(done, "wrong"))
    refused = run("new", f"{press.base('indotelko')}/")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "private" in refused.stderr
    assert len(press.log) == begun


def test_the_pace_of_the_crawl_is_kept(run: Run, home: Path, press: Press) -> None:
    """Between two requests of a check, and of the one after it, lies the configured pace."""
    (home / NAME).write_text(OPEN.replace("0.0", "0.3"), "utf-8")
    (home / "archive.db").touch()
    begun = len(press.log)
    for _ in range(2):
        assert run("check", "kliknusa", "--pages", "1").exit_code == 0
    hits = [hit.at_real for hit in press.log[begun:]]
    # Its robots.txt is known the second time.
    assert len(hits) == 7
    assert min(later - one for one, later in pairwise(hits)) > 0.28


def test_a_saved_page_needs_no_network(run: Run, home: Path, press: Press, tmp_path: Path) -> None:
    """With --page a file is read by itself; its own address and every selector are told."""
    place = "/read/1537410163/tiongkok-asean-digital"
    connection = http.client.HTTPConnection("127.0.0.1", press.port, timeout=10)
    connection.request("GET", place, headers={"Host": f"indotelko.localhost:{press.port}"})
    (tmp_path / "saved.html").write_bytes(connection.getresponse().read())
    connection.close()
    begun = len(press.log)
    done = run("check", "indotelko", "--page", tmp_path / "saved.html", "--json")
    assert len(press.log) == begun
    (page,) = reported(done, "page")
    assert page["canonical_url"].endswith(place)
    assert page["published"].startswith("2018-09-20T02:22:43")
    assert {probe["part"] for probe in page["selectors"]} == {"title", "body", "cut", "date"}
    assert done.exit_code == 0
    fetched = run("check", "indotelko", "--page", f"{press.base('indotelko')}{place}", "--json")
    assert reported(fetched, "page")[0]["title"] == page["title"]
    none = run("check", "indotelko", "--page", tmp_path / "none.html")
    assert (none.exit_code, "there is no file" in none.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('body = "div#font_news"', 'body = "div##"', "is no CSS selector"),
        ("to = '/read/'", "to = '\\9'", "cannot stand for"),
        ('home = "http://', 'home = "', "begins with http"),
        ('zone = "Asia/Jakarta"', 'zone = "Asia/Jkt"', "unknown zone"),
        ('hosts = ["', 'hosts = ["https://a.example/", "', "is no host"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(
    run: Run, home: Path, old: str, new: str, said: str
) -> None:
    """A file that cannot be used ends with 2, and with file and line."""
    path = changed(home, "indotelko", old, new)
    lines = path.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if new in line)
    done = run("check", "indotelko")
    assert done.exit_code == 2
    assert f"{path}:{at}: " in done.stderr
    assert said in done.stderr


def test_an_unknown_outlet_is_asked_back(run: Run, tmp_path: Path) -> None:
    """A name that no outlet has brings the nearest one; a file that is not there is told."""
    done = run("check", "indotelco")
    assert (done.exit_code, 'did you mean "indotelko"?' in done.stderr) == (2, True)
    missing = run("check", tmp_path / "none.toml")
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (2, True)


def drafted(done: Result, path: Path) -> Outlet:
    assert done.exit_code == 0, done.stderr
    assert tomllib.loads(done.stdout)["name"]
    path.write_text(done.stdout, "utf-8")
    return catalogue.load_file(path)


@pytest.mark.parametrize(
    ("name", "asked", "ways"),
    [
        ("indotelko", "", ["listing"]),
        ("kabarniaga", "", ["feed", "sitemap"]),
        ("swarna", "", ["sitemap"]),
        ("radiotanjung", "", ["feed"]),
        ("harbourpost", "", ["feed"]),
        ("cerapan", "", ["wordpress"]),
        ("daodu", "daoduold", ["sitemap"]),
        ("kuaixun", "", ["feed"]),
        ("khaodaily", "", ["listing"]),
        ("kyemonthit", "", ["feed"]),
        ("sovannaphum", "", ["sitemap"]),
        ("balitanglaot", "", ["feed", "sitemap"]),
    ],
)
def test_a_draft_finds_the_ways_and_fits_the_stories(
    run: Run, home: Path, press: Press, tmp_path: Path, name: str, asked: str, ways: list[str]
) -> None:
    """A draft loads; its ways, language, zone and name are the outlet's; all stories fit, each once."""
    begun = len(press.log)
    done = run("new", f"http://{asked or name}.localhost:{press.port}/")
    outlet, own = (
        drafted(done, tmp_path / f"{name}.toml"),
        catalogue.load_file(file_of(home, name)),
    )
    assert [source.way for source in outlet.sources] == ways
    assert outlet.languages == own.languages
    assert (outlet.zone, outlet.name) == (own.zone, own.name)
    assert f"{len(press.log) - begun} requests made" in done.stderr
    assert len(press.log) - begun <= 30
    stories = [one.address for one in wide.stories(press.now, press.port) if one.outlet == name]
    stories += [one.address for one in press.expected() if one.outlet == name]
    assert stories
    assert [one for one in stories if not is_story(one, outlet)] == []
    assert len({key(one, outlet) for one in stories}) == len(stories)
    others = ("/", "/rubrik/ekonomi/", "/tentang/1", "/arsip/3")
    assert not [one for one in others if is_story(f"{outlet.home}{one}", outlet)]


def test_a_draft_folds_amp_and_keeps_the_time(run: Run, press: Press, tmp_path: Path) -> None:
    """AMP twins fold into their story, and a time in the address is the key."""
    outlet = drafted(run("new", press.base("indotelko")), tmp_path / "indotelko.toml")
    one = f"{press.base('indotelko')}/read/1537410163/tiongkok-asean-digital"
    twin = one.replace("/read/", "/amp/read/")
    assert canonical(twin, outlet) == canonical(one, outlet)
    assert key(twin, outlet) == "indotelko:1537410163"


def test_a_saved_draft_can_be_checked(run: Run, home: Path, press: Press) -> None:
    """--save writes the file into the home, once; `outlets check` then finds nothing wrong."""
    file = home / "outlets" / "my" / "muara.toml"
    done = run("new", f"{press.base('beritapantai')}/", "--save", file)
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"harborwatch outlets check {file}" in done.stderr
    checked = run("check", "muara", "--pages", "2", "--json")
    assert (checked.exit_code, reported(checked, "wrong")) == (0, [])
    again = run("new", press.base("beritapantai"), "--save", file)
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    named = run("new", press.base("beritapantai"), "--save", file.with_suffix(".txt"))
    assert (named.exit_code, "NAME.toml" in named.stderr) == (2, True)


def test_a_search_is_bounded_and_ends_empty(run: Run, press: Press) -> None:
    """No more is asked than allowed; where nothing is found there is no draft, and status 1."""
    begun = len(press.log)
    done = run("new", f"{press.base('thangluang')}/nowhere", "--most", "6")
    assert len(press.log) - begun <= 6
    assert "requests were allowed" in done.stderr
    nothing = run("new", f"http://127.0.0.1:{press.port}/")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "no way into" in nothing.stderr
    for wrong in ("ftp://a.example", "http://", "http://[1"):
        done = run("new", wrong)
        assert done.exit_code == 2, wrong
        assert "is no address" in done.stderr
