"""The catalogue: outlet files read into outlets, mistakes told with file and line."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import cssselect

from news import AddressRules, FileError, Outlet, Selectors, Source, Way
from news.toml_files import TomlFile, did_you_mean, read_toml
from pipelines.reading.scouting.scouted import parts_of
from query.codes import LANGUAGES, countries, meant_country, meant_language

_ADDRESS = re.compile(r"https?://[^/\s]+")

#: what stands where nothing tells the country (ISO 3166 keeps it free for that)
NO_COUNTRY = "ZZ"

#: the outlets that come with Harborwatch
SHIPPED = Path(__file__).parent / "outlets"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletSource:
    """A way into the outlet; its id is made from its place: "indotelko/listing"."""

    way: Way
    address: str
    every: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletFile:
    """An outlet file's keys; its name is the outlet's id."""

    name: str
    home: str
    country: str
    languages: tuple[str, ...]
    zone: str
    kind: str = ""
    hosts: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[OutletSource, ...] = ()
    addresses: AddressRules = field(default_factory=AddressRules)
    selectors: tuple[Selectors, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The outlets whose files can be used, and what is wrong with the others' files."""

    outlets: dict[str, Outlet]
    broken: tuple[FileError, ...] = ()


def load(folders: Iterable[Path]) -> dict[str, Outlet]:
    """Return the outlets of all folders by id; a later folder's file replaces an earlier one's.

    Raises FileError at the first file that cannot be used.
    """
    loaded = usable(folders)
    if loaded.broken:
        raise loaded.broken[0]
    return loaded.outlets


def usable(folders: Iterable[Path]) -> Loaded:
    """Return the outlets that `load` does, but for those whose files cannot be used.

    A file that cannot be used takes only its own outlet with it.
    """
    found: dict[str, Outlet] = {}
    folders = list(folders)
    broken = [error for folder in folders for error in _misplaced(folder)]
    for path in files(folders):
        # The file that a broken one replaces is not used either: it names other
        # sources, and what was learnt of the outlet's own would be forgotten.
        found.pop(path.stem, None)
        try:
            found[path.stem] = load_file(path)
        except FileError as error:
            # A file that is replaced must be right too: its mistake is told, not hidden.
            broken.append(error)
    return Loaded(outlets=dict(sorted(found.items())), broken=tuple(broken))


def files(folders: Iterable[Path]) -> list[Path]:
    """Return the outlet files of all folders; of one name the last one holds."""
    return [path for folder in folders for path in sorted(folder.glob("*/*.toml"))]


def _misplaced(folder: Path) -> Iterator[FileError]:
    """Yield an error for each file that lies too high or too deep to be an outlet's."""
    for path in sorted(folder.rglob("*.toml")):
        if len(path.relative_to(folder).parts) != len(("country", "file")):
            what = "is in no folder of a country, so it is not read"
            yield FileError(path, None, what, f"it belongs in {folder / '<cc>'}/")


def load_file(path: Path) -> Outlet:
    """Return the outlet of one file. Raises FileError."""
    file = read_toml(path)
    written = file.read(OutletFile)
    _check(file, written)
    return Outlet(
        id=path.stem,
        name=written.name,
        home=written.home,
        country=written.country,
        languages=written.languages,
        zone=written.zone,
        kind=written.kind,
        hosts=written.hosts,
        sources=_sources(path.stem, written.sources),
        addresses=written.addresses,
        selectors=written.selectors,
        note=written.note,
    )


def sources_of(outlets: Iterable[Outlet]) -> list[Source]:
    """Return every source of the catalogue."""
    return [source for outlet in outlets for source in outlet.sources]


def _sources(outlet: str, written: tuple[OutletSource, ...]) -> tuple[Source, ...]:
    """Name each source by its way, with a number from the second of a way on."""
    made: list[Source] = []
    ways: Counter[str] = Counter()
    for source in written:
        ways[source.way] += 1
        number = f"-{ways[source.way]}" if ways[source.way] > 1 else ""
        made.append(
            Source(
                id=f"{outlet}/{source.way}{number}",
                outlet=outlet,
                way=source.way,
                address=source.address,
                every=source.every,
            )
        )
    return tuple(made)


def _check(file: TomlFile, outlet: OutletFile) -> None:
    """Raise FileError at what no type can say."""
    _check_codes(file, outlet)
    try:
        ZoneInfo(outlet.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise file.error(("zone",), f'unknown zone "{outlet.zone}"', "try Asia/Jakarta") from error
    if not _ADDRESS.match(outlet.home):
        raise file.error(("home",), "an address begins with http:// or https://")
    for at, host in enumerate(outlet.hosts):
        if "/" in host or not host:
            raise file.error(("hosts", at), f'"{host}" is no host', "such as m.antaranews.com")
    for at, source in enumerate(outlet.sources):
        if not _ADDRESS.match(source.address):
            raise file.error(
                ("sources", at, "address"), "an address begins with http:// or https://"
            )
        if source.every < 1:
            raise file.error(("sources", at, "every"), "a source is polled every 1 minute or more")
    _check_patterns(file, outlet.addresses)
    for at, selectors in enumerate(outlet.selectors):
        _check_selectors(file, at, selectors)


def _check_codes(file: TomlFile, outlet: OutletFile) -> None:
    for at, language in enumerate(outlet.languages):
        if language not in LANGUAGES:
            meant = meant_language(language)
            hint = f'did you mean "{meant}"?' if meant else did_you_mean(language, LANGUAGES)
            raise file.error(("languages", at), f'unknown language "{language}"', hint)
    if not re.fullmatch("[A-Z]{2}", outlet.country):
        meant = meant_country(outlet.country) or "ID"
        raise file.error(("country",), "a country is two capital letters", f'such as "{meant}"')
    if outlet.country not in countries() | {NO_COUNTRY}:
        meant = meant_country(outlet.country)
        hint = f'did you mean "{meant}"?' if meant else "its code is that of ISO 3166"
        raise file.error(("country",), f'unknown country "{outlet.country}"', hint)


def _check_patterns(file: TomlFile, rules: AddressRules) -> None:
    patterns = [(("addresses", "story"), one) for one in rules.story]
    patterns += [(("addresses", "rewrite"), one.pattern) for one in rules.rewrite]
    for key, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise file.error(key, f"{pattern} is no pattern: {error}") from error
    for one in rules.rewrite:
        try:
            re.sub(one.pattern, one.to, "/")
        except (re.error, IndexError) as error:
            raise file.error(
                ("addresses", "rewrite"), f"{one.to} cannot stand for {one.pattern}: {error}"
            ) from error


def _check_selectors(file: TomlFile, at: int, selectors: Selectors) -> None:
    for part, selector in parts_of(selectors):
        try:
            cssselect.parse(selector)
        except cssselect.SelectorError as error:
            what = f"{selector!r} is no CSS selector: {error}"
            raise file.error(("selectors", at, part), what) from error
