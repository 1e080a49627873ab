"""`harborwatch outlets export` and `import`: lists of feeds as OPML, files of the home folder."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from crawler import catalogue
from crawler.places import outlet_folders
from harborwatch.commands import main
from harborwatch.opml import opml_text, read_opml
from harborwatch.opml_drafts import planned
from news import FileError, Outlet, Source

ROOT = Path(__file__).parents[2]

LIST = """\
<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1">
  <head><title>bacaan</title></head>
  <body>
    <!-- ten languages -->
    <outline text="Asia &amp; Pasifik">
      <outline text="Kabar Teluk" type="rss" xmlUrl="https://www.kabarteluk.example/feed/"
               htmlUrl="https://www.kabarteluk.example/" language="id-ID"/>
      <outline text="Kabar Teluk: ekonomi" xmlUrl="https://kabarteluk.example/ekonomi/feed/"/>
      <outline title="ข่าวอ่าวไทย" text="x" xmlurl="feed://aothai.example/rss.xml" language="th"/>
    </outline>
    <outline text="MM"><outline text="ပင်လယ်သတင်း" xmlUrl="feed:https://pinle.example/rss"/></outline>
    <outline text="VnExpress" xmlUrl="https://vnexpress.net/rss/tin-moi-nhat.rss"/>
    <outline text="VnExpress số" xmlUrl="https://vnexpress.net/rss/so-hoa.rss"/>
    <outline text="Muara" xmlUrl="https://kabarteluk.example/feed/#"/>
    <outline text="no address" xmlUrl="/feed"/>
    <outline text="Antara of another land" xmlUrl="https://antara.example/feed"/>
  </body>
</opml>
"""


def call(home: Path, *arguments: str | Path) -> Result:
    named = ["--home", str(home), "outlets", *map(str, arguments)]
    return CliRunner().invoke(main, named, catch_exceptions=False)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "feeds.opml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_feeds_of_a_site_make_one_outlet(tmp_path: Path) -> None:
    """Each site makes one file, in its country's folder, that the catalogue can read."""
    done = call(tmp_path, "import", written(tmp_path, LIST))
    assert done.exit_code == 0, done.output
    outlets = catalogue.load([tmp_path / "outlets"])
    assert sorted(outlets) == ["antara-example", "aothai", "kabarteluk", "pinle"]
    teluk = outlets["kabarteluk"]
    assert (teluk.name, teluk.country, teluk.zone) == ("Kabar Teluk", "ID", "Asia/Jakarta")
    assert teluk.languages == ("id",)
    assert [one.address for one in teluk.sources][:2] == [
        "https://www.kabarteluk.example/feed/",
        "https://kabarteluk.example/ekonomi/feed/",
    ]
    assert (outlets["aothai"].name, outlets["aothai"].languages) == ("ข่าวอ่าวไทย", ("th",))
    assert outlets["aothai"].sources[0].address == "http://aothai.example/rss.xml"
    assert (outlets["pinle"].country, outlets["pinle"].zone) == ("MM", "Asia/Yangon")
    assert (tmp_path / "outlets" / "mm" / "pinle.toml").exists()
    assert "4 outlets with" in done.stderr


def test_what_is_known_is_left_and_told(tmp_path: Path) -> None:
    """A feed of a known outlet, or of a known host, is left with its line; a second import writes nothing."""
    file = written(tmp_path, LIST)
    done = call(tmp_path, "import", file)
    assert "VnExpress: vnexpress has this feed already" in done.stderr
    assert "VnExpress số: vnexpress has this host already; add the feed to its file" in done.stderr
    assert f"left {file}:16: no address: " in done.stderr
    before = {path: path.read_bytes() for path in tmp_path.glob("outlets/*/*.toml")}
    again = call(tmp_path, "import", file)
    assert "0 outlets with 0 feeds written" in again.stderr
    assert {path: path.read_bytes() for path in tmp_path.glob("outlets/*/*.toml")} == before


def test_no_file_of_the_catalogue_is_replaced(tmp_path: Path) -> None:
    """A site whose name an outlet has already gets another one."""
    call(tmp_path, "import", written(tmp_path, LIST))
    assert catalogue.load(outlet_folders(tmp_path))["antara"].name == "ANTARA"
    assert "antara-example" in catalogue.load(outlet_folders(tmp_path))


def test_an_export_holds_every_feed(tmp_path: Path) -> None:
    """Every feed of the catalogue is exported, and known when the list is imported again."""
    file = tmp_path / "all.opml"
    done = call(tmp_path, "export", file)
    sources = catalogue.sources_of(catalogue.load([catalogue.SHIPPED]).values())
    feeds = sorted(one.address for one in sources if one.way == "feed")
    assert sorted(one.address for one in read_opml(file)) == feeds
    assert f"{len(feeds)} feeds of" in done.stderr
    assert "have no feed and are left out" in done.stderr
    shown = call(tmp_path, "export", "-")
    assert shown.stdout == file.read_text("utf-8")
    again = call(tmp_path, "import", file)
    assert f"0 outlets with 0 feeds written, {len(feeds)} feeds left" in again.stderr
    assert again.stdout == ""


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (LIST.replace("</opml>", ""), 20, "is no XML"),
        (LIST.replace("<body>", "<body", 1), 5, "is no XML"),
        (LIST.replace("opml", "rss"), 2, "is no OPML: it begins with <rss>"),
        (LIST.replace("xmlUrl", "url").replace("xmlurl", "url"), 2, "names no feed"),
        ("", 1, "is no XML"),
        ("[crawl]\n", 1, "is no XML"),
        (LIST.replace("<opml", '<!DOCTYPE opml [\n<!ENTITY a "b">]>\n<opml', 1), 3, "declares entities"),
        (
            LIST.replace("UTF-8", "UTF-16").replace(
                "<opml", '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<opml', 1
            ).encode("utf-16"),
            2,
            "declares entities",
        ),
    ],
)  # fmt: skip
def test_bad_lists_are_told_with_their_line(
    text: str | bytes, line: int, says: str, tmp_path: Path
) -> None:
    """What is no OPML, or tries entities, is told with file and line, and nothing is written."""
    path = written(tmp_path, text)
    with pytest.raises(FileError) as raised:
        read_opml(path)
    assert says in raised.value.what
    assert raised.value.line == line
    done = call(tmp_path, "import", path)
    assert (done.exit_code, f"{path}:{line}: " in done.stderr) == (2, True)
    assert not (tmp_path / "outlets").exists()


def test_a_missing_list_is_told(tmp_path: Path) -> None:
    """A file that is not there is an error, not an empty list."""
    done = call(tmp_path, "import", tmp_path / "none.opml")
    assert (done.exit_code, "cannot be read" in done.stderr) == (2, True)


@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=20),
            st.from_regex(r"[a-z]{1,8}\.example(?:\.(?:id|th|com))?", fullmatch=True),
            st.sampled_from(["id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil"]),
        ),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_any_name_goes_out_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    """Whatever outlets are called, their list is read back, and the drafts of it can be used."""
    outlets = [
        Outlet(
            id=f"o{at}", name=name, home=f"https://{host}", country="ID", languages=(language,),
            zone="Asia/Jakarta", hosts=(host,),
            sources=(Source(id=f"o{at}/feed", outlet=f"o{at}", way="feed", address=f"https://{host}/{at}"),),
        )
        for at, (name, host, language) in enumerate(rows)
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("opml")
    read = read_opml(written(folder, opml_text(outlets)))
    assert [one.address for one in read] == [one.sources[0].address for one in outlets]
    plan = planned(read, {})
    assert plan.left == []
    assert len({draft.id for draft in plan.drafts}) == len({host for _, host, _ in rows})
    for draft in plan.drafts:
        path = folder / f"{draft.id}.toml"
        path.write_text(draft.text, "utf-8")
        assert catalogue.load_file(path).country == "ID"


def test_the_page_of_outlets_is_up_to_date(tmp_path: Path) -> None:
    """docs/outlets.md ends with the tables that the command prints; the README says how many there are."""
    tables = call(tmp_path, "list", "--markdown").stdout
    page = (ROOT / "docs" / "outlets.md").read_text("utf-8")
    assert page.endswith(tables), "append `harborwatch outlets list --markdown` to docs/outlets.md"
    number = len(catalogue.load([catalogue.SHIPPED]))
    assert f"{number} outlets of 17 countries" in tables
    assert f"{number} outlets" in (ROOT / "README.md").read_text("utf-8")
