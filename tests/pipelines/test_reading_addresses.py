from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news import AddressRules, Outlet, Precision, Rewrite, SourceError
from pipelines.reading.addresses import canonical, is_story, key, printed_time

INDOTELKO = Outlet(
    id="indotelko", name="IndoTelko", home="https://www.indotelko.com", country="ID",
    languages=("id",), zone="Asia/Jakarta", hosts=("www.indotelko.com", "indotelko.com"),
    addresses=AddressRules(
        story=(r"^/read/(?P<unix>\d{9,10})/", r"^/kanal\?c=&it=(?P<key>[\w-]+)"),
        rewrite=(Rewrite(pattern="^/amp/read/", to="/read/"),),
    ),
)  # fmt: skip
BLOG = Outlet(
    id="blog", name="Kabar Laut", home="https://kabarlaut.example", country="ID",
    languages=("id",), zone="Asia/Jakarta",
)  # fmt: skip
REPLICA = Outlet(
    id="wire", name="Warta", home="http://warta.localhost:8123", country="ID", languages=("id",),
    zone="Asia/Jakarta", hosts=("warta.localhost:8123", "jateng.warta.localhost:8123"),
    addresses=AddressRules(story=(r"^/berita/(?P<key>\d+)",), keep_query=("p", "id")),
)  # fmt: skip

TWINS = [
    "https://www.indotelko.com/read/1537410163/tiongkok-asean-digital",
    "http://indotelko.com/read/1537410163/tiongkok-asean-digital",
    "https://m.indotelko.com/read/1537410163/tiongkok-asean-digital/",
    "HTTPS://WWW.INDOTELKO.COM:443/amp/read/1537410163/tiongkok-asean-digital?utm_source=x&fbclid=1#top",
    "http://www.indotelko.com:80/./read//1537410163/x/../tiongkok%2Dasean-digital?ref=home",
]


@pytest.mark.parametrize("twin", TWINS)
def test_twins_meet(twin):
    """http and https, www, m and AMP, tracking fields, ports and fragments are one address."""
    assert canonical(twin, INDOTELKO) == TWINS[0]


def test_key_survives_a_new_slug():
    """What the pattern names stays when the rest of the address changes."""
    renamed = "https://www.indotelko.com/read/1537410163/a-new-headline"
    assert key(TWINS[1], INDOTELKO) == key(renamed, INDOTELKO) == "indotelko:1537410163"


def test_key_without_pattern_is_the_address():
    """Without a pattern the canonical address is the key, without its scheme."""
    assert (
        key("http://www.kabarlaut.example/2018/pelabuhan/", BLOG)
        == "kabarlaut.example/2018/pelabuhan"
    )


def test_ports_of_replicas_stay():
    """An outlet whose hosts carry a port keeps it, and its own scheme; its twins still fold."""
    wanted = "http://warta.localhost:8123/berita/7/judul"
    for host in ("jateng.warta", "m.warta", "www.warta", "warta"):
        assert (
            canonical(f"http://{host}.localhost:8123/berita/7/judul?utm_medium=rss", REPLICA)
            == wanted
        )


def test_fields_that_name_the_story_stay():
    """A query is kept only where it is listed, or where the path alone names no story."""
    assert canonical("https://kabarlaut.example/?p=12&utm_source=x", BLOG).endswith("/?p=12")
    assert canonical("https://kabarlaut.example/index.php?id=9&ref=a", BLOG).endswith(
        "/index.php?id=9"
    )
    long = "https://kabarlaut.example/pelabuhan-baru-di-batam-dibuka?x=1"
    assert canonical(long, BLOG) == long.partition("?")[0]
    assert canonical("http://warta.localhost:8123/?z=1&id=3&p=2", REPLICA).endswith("/?p=2&id=3")
    assert (
        key("https://indotelko.com/kanal?c=&it=palapa-ring", INDOTELKO) == "indotelko:palapa-ring"
    )


def test_other_letters_are_written_one_way():
    """Names and paths in any script have one spelling: IDNA and upper-case percent signs."""
    raw = canonical("https://kabarlaut.example/ข่าว/信息港", BLOG)
    escaped = canonical(
        "https://kabarlaut.example/%e0%b8%82%e0%b9%88%e0%b8%b2%e0%b8%a7/%E4%BF%A1%E6%81%AF%E6%B8%AF",
        BLOG,
    )
    assert raw == escaped
    assert canonical("https://ข่าว.example/a", BLOG).startswith("https://xn--")


@pytest.mark.parametrize(
    "bad",
    ["javascript:void(0)", "mailto:a@b.c", "/read/1", "http://", "http://[::1", "http://a:b/"],
)
def test_no_address_is_an_error(bad):
    """What is no http address is refused by name, and is no story."""
    with pytest.raises(SourceError, match=r"address|host"):
        canonical(bad, BLOG)
    assert not is_story(bad, BLOG)


def test_stories_are_told_by_pattern_and_host():
    """Only an outlet's own hosts have its stories; with patterns only what they match."""
    assert is_story(TWINS[3], INDOTELKO)
    assert not is_story("https://www.indotelko.com/kanal/telekomunikasi", INDOTELKO)
    assert not is_story("https://other.example/read/1537410163/x", INDOTELKO)
    assert is_story("https://kabarlaut.example/apa-saja", BLOG)
    assert not is_story("https://kabarlaut.example/", BLOG)


def test_unix_seconds_are_the_time():
    """IndoTelko's number is the second of publication: 09:22:43 in Jakarta."""
    printed = printed_time(TWINS[0], INDOTELKO)
    assert printed.at == datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)
    assert (printed.precision, printed.origin) == (Precision.SECOND, "address")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2018/09/20/x", 20),
        ("/n3/2018/0914/c9-1.html", 14),
        ("/2018-9-3/x", 3),
        ("/20180913/x", 13),
    ],
)
def test_day_in_the_path(path, day):
    """A day in the path stands at its noon in the outlet's zone."""
    printed = printed_time(f"https://kabarlaut.example{path}", BLOG)
    assert printed.at == datetime(2018, 9, day, 5, 0, tzinfo=UTC)
    assert printed.precision is Precision.DAY


def test_impossible_days_are_no_time():
    """Numbers that are no day are no time."""
    assert printed_time("https://kabarlaut.example/2018/19/40/x", BLOG) is None


PIECES = st.sampled_from(
    ["/", "//", ".", "..", "%", "%2f", "%7E", "%e0%b8", "a", "Z", "信", "ข่าว", " ", "+", "?", "&", "=",
     "utm_source=x", "p=1", "id=%20", ";", "#", "amp/", "read/", "1537410163", "index.php", "\\", ":"]
)  # fmt: skip


@settings(max_examples=300)
@given(
    scheme=st.sampled_from(["http", "https", "HTTP"]),
    host=st.sampled_from(
        ["www.indotelko.com", "m.indotelko.com:80", "x.example:443", "a.example:8080"]
    ),
    pieces=st.lists(PIECES, max_size=14),
    outlet=st.sampled_from([INDOTELKO, BLOG, REPLICA]),
)
def test_canonical_is_idempotent(scheme, host, pieces, outlet):
    """Folding a folded address changes nothing."""
    once = canonical(f"{scheme}://{host}/{''.join(pieces)}", outlet)
    assert canonical(once, outlet) == once
    assert key(once, outlet) == key(f"{scheme}://{host}/{''.join(pieces)}", outlet)


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_an_error(text):
    """No text breaks the folding in another way than SourceError."""
    for address in (text, f"http://{text}", f"https://indotelko.com/{text}"):
        try:
            assert canonical(canonical(address, INDOTELKO), INDOTELKO) == canonical(
                address, INDOTELKO
            )
        except SourceError:
            assert not is_story(address, INDOTELKO)
