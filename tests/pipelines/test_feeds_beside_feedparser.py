"""Our own reading of well-formed feeds, held together with feedparser's and with our slower parts."""

import html
import re
import warnings
from datetime import UTC, timedelta

import feedparser
from feeds_made import AT, HOME, LANGUAGES, NOW, OUTLET, stories
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news import Precision
from pipelines.reading.markup import plain
from pipelines.reading.sources.feed_times import feed_time
from pipelines.reading.sources.feeds import read_feed
from pipelines.reading.sources.fragments import text_of_fragment

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.sampled_from([word for one in stories(*LANGUAGES) for word in one.summary.split()])
TEXT = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
MARKED = st.tuples(
    TEXT,
    st.sampled_from(
        [
            "{}",
            "<b>{}</b>",
            "&lt;i&gt;{}&lt;/i&gt;",
            "<![CDATA[{} & <p>x</p>]]>",
            "{} &amp;amp; y",
            " {}\n",
        ]
    ),
).map(lambda pair: pair[1].format(pair[0]))
PATH = st.sampled_from(["/a", "/b/?p=1&amp;q=2", "/c#d", "/berita/kabel-laut"]).map(HOME.__add__)
LINK = st.one_of(
    PATH.map("<link>{}</link>".format),
    PATH.map("<link> {}\n</link>".format),
    PATH.map('<atom:link href="{}"/>'.format),
    PATH.map('<atom:link rel="self" href="{}"/>'.format),
    PATH.map('<atom:link rel="alternate" type="text/html" href="{}"/>'.format),
    PATH.map("<guid>{}</guid>".format),
    PATH.map('<guid isPermaLink="true">{}</guid>'.format),
    st.just('<guid isPermaLink="false">x-1</guid>'),
    st.just("<link/>"),
)
REST = st.one_of(
    MARKED.map("<title>{}</title>".format),
    MARKED.map("<dc:title>{}</dc:title>".format),
    MARKED.map("<media:title>{}</media:title>".format),
    MARKED.map("<media:group><media:title>{}</media:title></media:group>".format),
    MARKED.map("<description>{}</description>".format),
    MARKED.map("<content:encoded>{}</content:encoded>".format),
    TEXT.map("<dc:creator>{}</dc:creator>".format),
    st.just("<pubDate>Thu, 20 Sep 2018 09:22:43 +0700</pubDate>"),
    st.just("<enclosure url='http://other.example/a.mp3' type='audio/mpeg'/>"),
)
# One element of a name: what several mean is nobody's rule but feedparser's.
ITEM = st.lists(
    LINK | REST,
    min_size=1,
    max_size=7,
    unique_by=lambda part: re.split(r"[ />]", part.replace("dc:title", "title"))[0],
).map(lambda parts: f"<item>{''.join(parts)}</item>")
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def seen(title: str) -> str:
    """The letters of a headline, without what markup it came in."""
    bare = html.unescape(re.sub(r"<[^>]*>", " ", html.unescape(title)))
    return re.sub(r"\W+", "", bare)


@QUICK
@given(st.lists(ITEM, min_size=1, max_size=4))
def test_well_formed_feeds_read_as_feedparser_reads_them(items):
    """Whatever elements an item has, in whatever order, its link and headline are feedparser's."""
    text = f"<rss version='2.0' {SPACES}><channel><title>S</title>{''.join(items)}</channel></rss>"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = feedparser.parse(text.encode()).entries
    linked = [one for one in theirs if str(one.get("link", "")).startswith("http")]
    shown = read_feed(text.encode(), "", AT, OUTLET, NOW)
    assert len(theirs) == len(shown.entries) + shown.refusals
    ours = {entry.address for entry in shown.entries}
    assert {one.link for one in linked} <= ours
    if len(linked) == len(shown.entries):
        for one, entry in zip(linked, shown.entries, strict=True):
            assert entry.address == one.link
            assert seen(one.get("title", "")) == seen(entry.headline)


FRAGMENT = st.lists(
    st.one_of(
        TEXT,
        st.sampled_from([
            "<p>", "</p>", "<br>", "<br/>", "<b>", "</b>", "<div class='a'>", "</div>", "<ul><li>", "</li></ul>",
            "<script>x()</script>", "<figure><img alt='a > b'><figcaption>Foto</figcaption></figure>", "&nbsp;", "&amp;lt;",
            " < 5 ", "<!-- c -->", "<table><tr><td>", "</table>", "\n", "<h2>", "</h2>", "<svg><path/></svg>", "<iframe src='x'>", "]]>",
            "<a href='x'>", "</a>", "&#8220;", "<style>p{}</style>", "\u00a0", "\u2028",
        ]),
    ),
    max_size=14,
).map("".join)  # fmt: skip


@QUICK
@given(FRAGMENT)
def test_the_quick_text_of_a_fragment_is_the_slow_one(fragment):
    """Pieces of HTML give the text that the walk over each element gives."""
    unwrapped = fragment.replace("]]>", "") if "<" in fragment else fragment
    quick, slow = text_of_fragment(unwrapped), plain(unwrapped)
    assert quick.split() == slow.split()
    if re.search("<[a-z/!]", fragment):
        assert quick == slow


@QUICK
@given(
    st.datetimes(min_value=NOW.replace(year=2001, tzinfo=None), max_value=NOW.replace(year=2020, tzinfo=None)),
    st.sampled_from([
        ("%a, %d %b %Y %H:%M:%S +0700", 7), ("%d %b %Y %H:%M:%S GMT", 0), ("%a, %d %b %Y %H:%M +0800", 8),
        ("%A, %d %B %Y %H:%M:%S UTC", 0), ("%a, %d %b %Y %H:%M:%S UT", 0), ("%a,%d %b %Y %H:%M:%S +07:00", 7),
        ("%Y-%m-%dT%H:%M:%S+07:00", 7), ("%Y-%m-%dT%H:%M:%SZ", 0), ("%Y-%m-%d %H:%M:%S+0630", 6.5),
        ("%Y-%m-%dT%H:%MZ", 0),
    ]),
)  # fmt: skip
def test_a_feeds_time_is_the_moment_that_was_written(moment, form):
    """Times in the two forms that feeds must write mean the moment of their clock and zone, to the second."""
    pattern, hours = form
    printed = moment.strftime(pattern)
    wall = moment.replace(microsecond=0, second=moment.second if "%S" in pattern else 0)
    read = feed_time(printed, OUTLET, NOW)
    # What lies ahead is taken for now.
    assert read.at == min(NOW, wall.replace(tzinfo=UTC) - timedelta(hours=hours))
    assert read.precision is (Precision.SECOND if "%S" in pattern else Precision.MINUTE)
    assert (read.origin, read.text) == ("feed", printed)


def test_times_in_other_forms_go_to_the_table():
    """Buddhist years, native digits, words and no zone at all are the table's; no time is no time."""
    for printed in (
        "20 September 2018 10:00",
        "20 ก.ย. 2561 10:00 น.",
        "๒๐ กันยายน ๒๕๖๑ 10:00",
        "2018-09-20 10:00",
    ):
        assert feed_time(printed, OUTLET, NOW).at.isoformat() == "2018-09-20T03:00:00+00:00", (
            printed
        )
    assert feed_time("  ", OUTLET, NOW) is None
    assert feed_time("belum ada", OUTLET, NOW) is None
