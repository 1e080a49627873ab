"""The catalogue: outlets are data, and a mistake in them is told with file and line."""

from collections import Counter
from pathlib import Path

import pytest

from crawler import catalogue
from crawler.unlisted import LANDS
from news import FileError
from pipelines.reading import addresses
from query.codes import LANGUAGES

PRESS = Path(catalogue.__file__).parents[1] / "harborwatch" / "press" / "catalogue"
SHIPPED = catalogue.load([catalogue.SHIPPED])
#: outlet, an address of the form that was seen, and its key
STORIES = Path(__file__).parent / "story_addresses.tsv"

RIGHT = """\
name = "Suara Selat"
home = "https://suara.example"
country = "MY"
languages = ["ms", "en"]
zone = "Asia/Kuala_Lumpur"

[[sources]]
way = "feed"
address = "https://suara.example/feed/"
every = 15

[addresses]
story = ['^/read/(?P<key>\\d+)']
rewrite = [{ pattern = '^/amp/', to = '/' }]
"""


def written(folder: Path, text: str, name: str = "suara") -> Path:
    path = folder / "my" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("path", sorted(catalogue.SHIPPED.glob("*/*.toml")), ids=lambda p: p.stem)
def test_shipped_outlets_load(path: Path) -> None:
    """Every outlet that comes with Harborwatch loads, has a way in, and lies in its country's folder."""
    outlet = catalogue.load_file(path)
    assert outlet.id == path.stem
    assert outlet.country == path.parent.name.upper()
    assert outlet.sources
    assert all(source.outlet == outlet.id for source in outlet.sources)


def test_shipped_outlets_are_of_the_whole_region() -> None:
    """172 outlets of 17 countries are shipped, in all ten languages."""
    assert len(SHIPPED) == 172
    assert len({outlet.country for outlet in SHIPPED.values()}) == 17
    spoken = {one for outlet in SHIPPED.values() for one in outlet.languages}
    assert spoken == set(LANGUAGES)


def test_nothing_stands_twice() -> None:
    """No host, no source's id, no source's address and no file's name stands twice."""
    found = catalogue.sources_of(SHIPPED.values())
    for things in (
        [host for outlet in SHIPPED.values() for host in outlet.hosts],
        [source.id for source in found],
        [source.address.partition("://")[2].rstrip("/") for source in found],
        [path.stem for path in catalogue.files([catalogue.SHIPPED])],
    ):
        assert [thing for thing, n in Counter(things).items() if n > 1] == []


def test_outlets_of_a_country_print_its_time() -> None:
    """An outlet's zone is its country's, and its hosts are written as they are looked for."""
    for outlet in SHIPPED.values():
        if outlet.country in LANDS:
            assert outlet.zone == LANDS[outlet.country].zone, outlet.id
        assert outlet.hosts, outlet.id
        assert all(host == host.lower() for host in outlet.hosts), outlet.id


def test_a_guess_is_marked() -> None:
    """A listing that nobody has named is called a guess by the note and above the source."""
    for path in catalogue.files([catalogue.SHIPPED]):
        text = path.read_text("utf-8")
        assert ("# a guess\n[[sources]]" in text) == ("to probe." in text), path
        assert "unproved" in text or "to probe." in text or "No feed is known" in text, path


def test_story_addresses_are_known_again() -> None:
    """Each address form that was seen is taken for a story, and its twins have its one key."""
    rows = [line.split("\t") for line in STORIES.read_text("utf-8").splitlines()]
    assert len(rows) > 100
    for name, address, expected in rows:
        outlet = SHIPPED[name]
        folded = addresses.canonical(address, outlet)
        assert addresses.is_story(address, outlet), address
        assert addresses.key(address, outlet) == expected
        assert addresses.canonical(folded, outlet) == folded
        assert addresses.key(folded, outlet) == expected
        assert addresses.owner(address, SHIPPED.values()) == outlet
    patterned = {name for name, outlet in SHIPPED.items() if outlet.addresses.story}
    assert patterned - {row[0] for row in rows} == {"bbc-burmese"}


@pytest.mark.parametrize("path", sorted(PRESS.glob("*/*.toml")), ids=lambda p: p.stem)
def test_press_outlets_load(path: Path, tmp_path: Path) -> None:
    """Every outlet of the press loads once its port is known."""
    text = path.read_text("utf-8").replace("{port}", "8080")
    outlet = catalogue.load_file(written(tmp_path, text, path.stem))
    assert outlet.sources
    assert set(outlet.languages) <= set(LANGUAGES)


def test_press_speaks_all_languages(tmp_path: Path) -> None:
    """The press has an outlet for each of the ten languages."""
    text = {path.stem: path.read_text("utf-8").replace("{port}", "80") for path in PRESS.glob("*/*.toml")}  # fmt: skip
    for name, said in text.items():
        written(tmp_path, said, name)
    spoken = {one for outlet in catalogue.load([tmp_path]).values() for one in outlet.languages}
    assert spoken == set(LANGUAGES)


@pytest.mark.parametrize(
    ("change", "line", "says", "hint"),
    [
        (("zone =", "zoen ="), 5, 'unknown key "zoen"', 'did you mean "zone"?'),
        (("every = 15", "evry = 15"), 10, 'unknown key "evry"', 'did you mean "every"?'),
        (("story =", "stories ="), 13, 'unknown key "stories"', 'did you mean "story"?'),
        (('"ms", "en"', '"ms", "fl"'), 4, 'unknown language "fl"', 'did you mean "fil"?'),
        (('"ms", "en"', '"tl"'), 4, 'unknown language "tl"', 'did you mean "fil"?'),
        (('"ms", "en"', '"zh-TW"'), 4, 'unknown language "zh-TW"', 'did you mean "zh"?'),
        (('"ms", "en"', '"qq"'), 4, 'unknown language "qq"', "known are: en, fil, id"),
        (("Asia/Kuala_Lumpur", "Asia/Kuala"), 5, 'unknown zone "Asia/Kuala"', "try Asia/Jakarta"),
        (("Asia/Kuala_Lumpur", "../etc/passwd"), 5, "unknown zone", "try Asia/Jakarta"),
        (('"MY"', '"my"'), 3, "two capital letters", 'such as "MY"'),
        (('"MY"', '"Malaysia"'), 3, "two capital letters", 'such as "MY"'),
        (('"MY"', '"UK"'), 3, 'unknown country "UK"', 'did you mean "GB"?'),
        (('"MY"', '"QQ"'), 3, 'unknown country "QQ"', "ISO 3166"),
        (('"https://suara.example/feed/"', '"suara.example/feed"'), 9, "begins with http", ""),
        (('"https://suara.example/feed/"', '"file:///etc/passwd"'), 9, "begins with http", ""),
        (("every = 15", "every = 0"), 10, "every 1 minute or more", ""),
        (("every = 15", 'every = "15"'), 10, "must be a whole number", ""),
        (('way = "feed"', 'way = "sitmap"'), 8, 'cannot be "sitmap"', 'did you mean "sitemap"?'),
        ((r"(?P<key>\d+)", r"(?P<key>\d+"), 13, "is no pattern", ""),
        (("'^/amp/'", "'^/amp/['"), 14, "is no pattern", ""),
        (('name = "Suara Selat"\n', ""), None, '"name" is missing', "add name = …"),
        (('name = "Suara Selat"', "name = Suara"), 1, "is not TOML", ""),
    ],
)  # fmt: skip
def test_mistakes_are_told(
    change: tuple[str, str], line: int | None, says: str, hint: str, tmp_path: Path
) -> None:
    """A mistake is told with its file, its line, what is wrong and what to write instead."""
    assert RIGHT.count(change[0]) == 1
    path = written(tmp_path, RIGHT.replace(*change))
    with pytest.raises(FileError) as raised:
        catalogue.load([tmp_path])
    assert raised.value.path == path
    assert raised.value.line == line
    assert says in raised.value.what
    assert hint in raised.value.hint
    assert str(raised.value).startswith(f"{path}:{line}: " if line else f"{path}: ")


def test_right_file_is_right(tmp_path: Path) -> None:
    """The file that the mistakes were made in is without one."""
    outlet = catalogue.load_file(written(tmp_path, RIGHT))
    assert (outlet.id, outlet.sources[0].id, outlet.sources[0].every) == (
        "suara",
        "suara/feed",
        15,
    )


def test_sources_of_one_way_are_numbered(tmp_path: Path) -> None:
    """The second source of a way gets a number, so that the first keeps its name."""
    more = '\n[[sources]]\nway = "{}"\naddress = "https://suara.example/{}"\n'
    text = (
        RIGHT + more.format("feed", "2") + more.format("listing", "3") + more.format("feed", "4")
    )
    outlet = catalogue.load_file(written(tmp_path, text))
    ids = [source.id for source in outlet.sources]
    assert ids == ["suara/feed", "suara/feed-2", "suara/listing", "suara/feed-3"]


def test_own_file_replaces_a_shipped_one(tmp_path: Path) -> None:
    """A file in a later folder replaces the one of the same name."""
    written(tmp_path, RIGHT, "indotelko")
    outlets = catalogue.load([catalogue.SHIPPED, tmp_path])
    assert outlets["indotelko"].name == "Suara Selat"


def test_a_broken_file_takes_its_own_outlet_only(tmp_path: Path) -> None:
    """What cannot be used is told and left out, the shipped file that it replaces too; others stay."""
    path = written(tmp_path, RIGHT.replace('name = "Suara Selat"', "name = Suara"), "indotelko")
    written(tmp_path, RIGHT, "suara")
    loaded = catalogue.usable([catalogue.SHIPPED, tmp_path])
    assert [(error.path, error.line) for error in loaded.broken] == [(path, 1)]
    assert set(loaded.outlets) == {*SHIPPED, "suara"} - {"indotelko"}


@pytest.mark.parametrize("place", ["harbor.toml", "my/own/harbor.toml"])
def test_a_file_at_the_wrong_depth_is_told(tmp_path: Path, place: str) -> None:
    """An outlet file outside a country's folder is not read, and is told as one that is broken."""
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RIGHT, "utf-8")
    written(tmp_path, RIGHT, "suara")
    loaded = catalogue.usable([catalogue.SHIPPED, tmp_path])
    assert [error.path for error in loaded.broken] == [path]
    assert "it belongs in" in str(loaded.broken[0])
    assert set(loaded.outlets) == {*SHIPPED, "suara"}
