"""`harborwatch try`: saved pages and feeds of the press, as it serves them, many in one call."""

import gzip
import http.client
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from crawler.unlisted import unlisted
from harborwatch.commands import main
from harborwatch.press import Press, wide
from news import SourceError

pytestmark = pytest.mark.long

LANGUAGES = {"id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil"}
Try = Callable[..., Result]
Line = Mapping[str, Any]

PAGE = """<html lang="id"><head><title>Kabel laut dibuka</title></head><body><article>
<h1>Kabel laut dibuka di utara</h1><div class="date">20 September 2018, 09:22</div><p>
{}</p></article></body></html>""".format("Kabel laut itu menghubungkan dua pulau di utara. " * 12)
FEED = """<rss version='2.0'><channel><title>Suara</title><link>https://suara.example.vn/</link>
<item><title>Cáp quang biển</title><link>/cap-quang-1</link><guid>1</guid>
<pubDate>20 Sep 2018 09:22</pubDate></item></channel></rss>"""


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(wide.NOW, edition="wide") as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home without outlets of its own."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def tried(home: Path) -> Try:
    """Run `harborwatch try` with a home."""

    def run(kind: str, *arguments: str | Path, given: bytes = b"") -> Result:
        named = ["--home", str(home), "try", kind, *map(str, arguments)]
        return CliRunner().invoke(main, named, input=given, catch_exceptions=False)

    return run


def fetched(address: str) -> tuple[bytes, str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=10)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"Host": parts.netloc})
        answer = connection.getresponse()
        return answer.read(), answer.headers["Content-Type"]
    finally:
        connection.close()


def lines(done: Result) -> list[Line]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def written(folder: Path, rows: list[dict[str, object]]) -> Path:
    path = folder / "list.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def test_pages_of_every_language_and_layout(press: Press, tmp_path: Path, tried: Try) -> None:
    """Each page is one line in the list's order, read or refused; each language and layout is read."""
    shown = wide.pages(press.now, press.port)
    pages = {one.kind: one for one in shown if one.gold.refused}
    pages |= {f"{one.language} {one.layout}": one for one in shown if not one.gold.refused}
    assert {one.gold.language for one in pages.values()} == LANGUAGES
    rows: list[dict[str, object]] = []
    for number, one in enumerate(pages.values()):
        body, kind = fetched(one.address)
        (tmp_path / f"{number}.html.gz").write_bytes(gzip.compress(body))
        rows.append({"file": f"{number}.html.gz", "url": one.address, "content_type": kind,
                     "fetched": wide.NOW.isoformat()})  # fmt: skip
    done = tried("pages", written(tmp_path, rows))
    assert done.exit_code == 0, done.stderr
    answers = lines(done)
    assert [one["url"] for one in answers] == [one.address for one in pages.values()]
    assert all(("title" in one) != ("refused" in one) for one in answers)
    right = {
        (gold.gold.language, gold.layout)
        for gold, one in zip(pages.values(), answers, strict=True)
        if one.get("language") == gold.gold.language
        and any(folded(title["text"]) in {folded(gold.gold.unicode_title), folded(gold.gold.title)}
                for title in one["titles"])
    }  # fmt: skip
    assert {language for language, _ in right} == LANGUAGES
    assert {layout for _, layout in right} >= {"state", "joomla", "paged", "magazine", "release"}


def test_a_page_is_read_as_its_outlet_says(
    press: Press, tmp_path: Path, home: Path, tried: Try
) -> None:
    """Named or told by the host, an outlet's selectors, key and zone are used; times have zones."""
    press.write_catalogue(home / "outlets")
    rows: list[dict[str, object]] = []
    families = {"indotelko", "kabarniaga", "swarna"}
    wanted = [one for one in press.expected() if one.outlet in families and not one.deleted]
    for number, one in enumerate(wanted):
        (tmp_path / f"{number}.html").write_bytes(fetched(one.address)[0])
        named = {"outlet": one.outlet} if number % 2 else {}
        rows.append({"file": f"{number}.html", "url": one.address, **named})
    answers = lines(tried("pages", written(tmp_path, rows)))
    assert len(answers) == len(wanted) > 8
    for gold, read in zip(wanted, answers, strict=True):
        assert read.get("language") == "id", read
        assert datetime.fromisoformat(read["published"]).tzinfo is not None
        assert gold.outlet != "indotelko" or read["method"] == "selectors"
        assert read["canonical_url"].startswith("http://")
        assert {"titles", "modified", "authors", "confidence"} <= read.keys()


def test_bad_lines_are_told_and_the_rest_is_read(tmp_path: Path, tried: Try) -> None:
    """A line that names no page is one line with its error; all others are read; status 1."""
    (tmp_path / "good.html").write_text(PAGE, "utf-8")
    (tmp_path / "broken.gz").write_bytes(gzip.compress(PAGE.encode())[:40] + b"\0\0\0")
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(50_000_000)))
    (tmp_path / "empty.html").write_bytes(b"")
    good = b'{"file": "good.html", "url": "https://kabar.example.id/2018/09/20/kabel-laut"}'
    listed = [
        good, b"", b"no json", b"[1]", b'{"file": "good.html"}', b'{"url": "https://a.example/1"}',
        b'{"file": 5, "url": "https://a.example/1"}', b"\xff\xfe{}", b"[" * 100_000,
        b'{"file": "none.html", "url": "https://a.example/1"}',
        b'{"file": ".", "url": "https://a.example/1"}',
        b'{"file": "a\\u0000b", "url": "https://a.example/1"}',
        b'{"file": "good.html", "url": "kabar"}', b'{"file": "good.html", "url": "https://[::"}',
        b'{"file": "good.html", "url": "https://\\ud800.example/"}',
        b'{"file": "good.html", "url": "https://a.example/1", "fetched": "now"}',
        b'{"file": "broken.gz", "url": "https://a.example/1"}',
        b'{"file": "bomb.gz", "url": "https://a.example/1"}',
        b'{"file": "empty.html", "url": "https://a.example/1"}', good,
    ]  # fmt: skip
    path = tmp_path / "list.jsonl"
    path.write_bytes(b"\n".join(listed))
    done = tried("pages", path)
    assert done.exit_code == 1
    assert "Traceback" not in done.stderr
    first, *bad, empty, last = lines(done)
    assert first == last
    assert (first["title"], first["published"]) == ("Kabel laut dibuka di utara", "2018-09-20T09:22:00+07:00")  # fmt: skip
    assert empty["refused"] == "no-body"
    assert len(bad) == len(listed) - 4
    assert [one for one in bad if "error" not in one] == []
    assert [one["line"] for one in bad if "line" in one] == [3, 4, 5, 6, 7, 8, 9, 16]


def test_a_list_may_come_from_a_pipe(tmp_path: Path, tried: Try) -> None:
    """`-` reads the list from standard input; without a list, or an empty one, it says so."""
    (tmp_path / "good.html").write_text(PAGE, "utf-8")
    row = json.dumps({"file": str(tmp_path / "good.html"), "url": "https://kabar.example.id/1"})
    (read,) = lines(tried("pages", "-", given=row.encode()))
    assert read["title"] == "Kabel laut dibuka di utara"
    missing = tried("pages", tmp_path / "none.jsonl")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "none.jsonl: cannot be read" in missing.stderr
    nothing = tried("pages", "-")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "nothing to read" in nothing.stderr


def test_a_hostile_page_is_killed_and_the_rest_goes_on(tmp_path: Path, tried: Try) -> None:
    """What takes longer than its time is refused as a timeout, and the next ones are read."""
    (tmp_path / "good.html").write_text(PAGE, "utf-8")
    flood = "<p>Kabel laut itu menghubungkan dua pulau di utara, kata dia.</p>" * 150_000
    (tmp_path / "slow.html").write_text(PAGE.replace("</article>", flood), "utf-8")
    rows: list[dict[str, object]] = [
        {"file": f"{name}.html", "url": f"https://kabar.example/{name}-{number}"}
        for number, name in enumerate(["good", "slow", "good", "good", "slow", "good"])
    ]
    done = tried("pages", written(tmp_path, rows), "--seconds", "1")
    assert done.exit_code == 0, done.output
    found = [one.get("refused") or one["title"] for one in lines(done)]
    good = "Kabel laut dibuka di utara"
    assert found == [good, "timeout", good, good, "timeout", good]


def test_feeds_of_every_kind_and_language(press: Press, tmp_path: Path, tried: Try) -> None:
    """Each entry is a line, in the feeds' order: address, headline and time as the press has them."""
    feeds = [
        one for one in wide.feeds(press.now, press.port)
        if not one.flaw and one.way in {"rss", "atom", "rdf", "jsonfeed"}
    ]  # fmt: skip
    assert {one.language.partition("-")[0] for one in feeds} == LANGUAGES
    files = []
    for number, one in enumerate(feeds):
        files.append(tmp_path / f"{number}.xml.gz")
        files[-1].write_bytes(gzip.compress(fetched(one.address)[0]))
    done = tried("feeds", *files)
    assert done.exit_code == 0, done.stderr
    found = [(one["file"], one["url"], datetime.fromisoformat(one["published"])) for one in lines(done)]  # fmt: skip
    assert found == [
        (str(file), entry.address, entry.published)
        for file, feed in zip(files, feeds, strict=True)
        for entry in feed.entries
    ]
    assert all({"id", "title", "summary", "authors"} <= one.keys() for one in lines(done))


def test_what_is_no_feed_is_told(tmp_path: Path, tried: Try) -> None:
    """No feed is refused with its reason; a file that is not there is an error and status 1."""
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "feed.xml").write_text(FEED, "utf-8")
    (tmp_path / "cut.xml").write_text(FEED * 2 + FEED[:-40], "utf-8")
    done = tried("feeds", tmp_path / "page.html", tmp_path / "feed.xml", tmp_path / "none.xml")
    assert done.exit_code == 1
    page, entry, missing = lines(done)
    assert "HTML where a feed was expected" in page["refused"]
    assert (entry["id"], entry["title"]) == ("1", "Cáp quang biển")
    assert "there is no file" in missing["error"]
    assert "Traceback" not in done.stderr


def test_where_a_feed_comes_from(tmp_path: Path, tried: Try) -> None:
    """Relative links and bare times are those of --url, else of the site that the feed names."""
    (tmp_path / "feed.xml").write_text(FEED, "utf-8")
    (own,) = lines(tried("feeds", tmp_path / "feed.xml"))
    assert own["url"] == "https://suara.example.vn/cap-quang-1"
    assert own["published"] == "2018-09-20T09:22:00+07:00"
    (told,) = lines(tried("feeds", "-", "--url", "https://berita.example.my/rss", given=FEED.encode()))  # fmt: skip
    assert told["url"] == "https://berita.example.my/cap-quang-1"
    assert told["published"] == "2018-09-20T09:22:00+08:00"
    wrong = tried("feeds", tmp_path / "feed.xml", "--url", "berita")
    assert (wrong.exit_code, "is no address" in wrong.stderr) == (2, True)


def test_a_hostile_feed_is_killed_and_the_rest_goes_on(tmp_path: Path, tried: Try) -> None:
    """A feed that takes longer than its time is refused; those behind it are read."""
    item = "<item><title><b>x</title><link>https://suara.example/1</link></item>"
    hostile = f"<rss version='2.0'><channel>{item * 60_000}</channel></rss>"
    (tmp_path / "hostile.xml").write_text(hostile, "utf-8")
    (tmp_path / "feed.xml").write_text(FEED, "utf-8")
    files = [tmp_path / "hostile.xml", *[tmp_path / "feed.xml"] * 3]
    killed, *others = lines(tried("feeds", *files, "--seconds", "1"))
    assert "timeout" in killed["refused"]
    assert [one["title"] for one in others] == ["Cáp quang biển"] * 3


@pytest.mark.parametrize(
    ("address", "declared", "zone", "language", "name"),
    [
        ("https://www.kabar.co.id/1", "", "Asia/Jakarta", "id", "kabar"),
        ("https://m.xinwen.com.cn/1", "", "Asia/Shanghai", "zh", "xinwen"),
        ("https://baomoi.vn/1", "en", "Asia/Ho_Chi_Minh", "en", "baomoi"),
        ("https://khaosod.co.th/1", "", "Asia/Bangkok", "th", "khaosod"),
        ("https://berita.com.my/1", "", "Asia/Kuala_Lumpur", "ms", "berita"),
        ("https://straits.sg/1", "", "Asia/Singapore", "en", "straits"),
        ("https://balita.ph/1", "", "Asia/Manila", "fil", "balita"),
        ("https://kampuchea.com.kh/1", "", "Asia/Phnom_Penh", "km", "kampuchea"),
        ("https://pasaxon.org.la/1", "", "Asia/Vientiane", "lo", "pasaxon"),
        ("https://moi.gov.mm/1", "", "Asia/Yangon", "my", "moi"),
        ("https://borneo.com.bn/1", "", "Asia/Brunei", "ms", "borneo"),
        ("https://kabar.com/1", "id-ID", "Asia/Jakarta", "id", "kabar"),
        ("https://ribao.com/1", "zh-Hant", "Asia/Taipei", "zh", "ribao"),
        ("https://news.example.com/1", "en-PH", "Asia/Manila", "en", "example"),
        ("https://news.example.com/1", "", "UTC", "en", "example"),
        ("http://127.0.0.1:8000/1", "", "UTC", "en", "127"),
    ],
)  # fmt: skip
def test_an_outlet_without_a_file(
    address: str, declared: str, zone: str, language: str, name: str
) -> None:
    """A host, or else a declared language, tells zone and first language; all ten may be its own."""
    outlet = unlisted(address, declared)
    assert (outlet.zone, outlet.languages[0], outlet.id) == (zone, language, name)
    assert set(outlet.languages) == LANGUAGES


@pytest.mark.parametrize("address", ["", "kabar", "ftp://a.example/", "https://", "http://[1"])
def test_no_outlet_without_an_address(address: str) -> None:
    """What is no web address makes no outlet."""
    with pytest.raises(SourceError):
        unlisted(address)
