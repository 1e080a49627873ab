"""Lines that an outlet repeats under its stories, crawled over HTTP: learnt, cut, replayed."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest
from crawling import Crawl
from paged_server import Served
from sqlalchemy import select

from archive import Archive, open_archive
from archive.tables import furniture, revisions, stories
from crawler.replay import replay
from harborwatch.press import wide
from news import PlayedClock

pytestmark = pytest.mark.long

Started = Callable[..., Crawl]
NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
#: A line of our own that stands under every story; no phrase of it is known as furniture.
TAILS = {
    "id": "Redaksi kami berkantor di lantai dua gedung pasar ikan dan menerima tamu setiap hari kerja sampai pukul empat sore.",
    "ms": "Sidang pengarang kami bertempat di tingkat dua bangunan pasar ikan dan menerima tetamu pada setiap hari bekerja.",
    "en": "Our newsroom is on the second floor of the fish market and visitors find us there on working days until four.",
    "zh": "本社编辑部设在鱼市二楼，工作日下午四点以前都有人在，读者可以随时上门，与我们的记者当面交谈。",
    "vi": "Tòa soạn của chúng tôi ở tầng hai chợ cá và tiếp khách vào các ngày làm việc cho đến bốn giờ chiều.",
    "th": "กองบรรณาธิการของเราอยู่ที่ชั้นสองของตลาดปลาและต้อนรับผู้มาเยือนทุกวันทำการจนถึงสี่โมงเย็นของทุกสัปดาห์ตลอดทั้งปี",
    "km": "ការិយាល័យនិពន្ធរបស់យើងស្ថិតនៅជាន់ទីពីរនៃផ្សារត្រី ហើយទទួលភ្ញៀវរៀងរាល់ថ្ងៃធ្វើការរហូតដល់ម៉ោងបួនរសៀល។",
    "lo": "ຫ້ອງການບັນນາທິການຂອງພວກເຮົາຢູ່ຊັ້ນສອງຂອງຕະຫຼາດປາ ແລະ ຕ້ອນຮັບແຂກທຸກວັນເຮັດວຽກຈົນຮອດສີ່ໂມງແລງ.",
    "my": "ကျွန်ုပ်တို့၏ အယ်ဒီတာအဖွဲ့ရုံးသည် ငါးဈေး ဒုတိယထပ်တွင် ရှိပြီး ရုံးဖွင့်ရက်တိုင်း ညနေလေးနာရီအထိ ဧည့်သည်များကို လက်ခံပါသည်။",
    "fil": "Nasa ikalawang palapag ng palengke ng isda ang aming tanggapan at tumatanggap ng bisita tuwing araw ng trabaho.",
}
OUTLET = """\
name = "{name}"
home = "http://{name}.localhost:{port}"
country = "SG"
languages = ["{name}"]
zone = "Asia/Singapore"
hosts = ["{name}.localhost:{port}"]

[[sources]]
way = "feed"
address = "http://{name}.localhost:{port}/feed/"
"""


def halves() -> dict[str, list[tuple[str, list[str]]]]:
    """Return by language four stories of different words: headline and paragraphs."""
    found: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    told = {page.gold.unicode_body: page.gold for page in wide.stories()}
    for gold in told.values():
        lines = gold.unicode_body.split("\n")
        if len(lines) >= 6 and gold.language in TAILS and len(found[gold.language]) < 4:
            middle = len(lines) // 2
            found[gold.language] += [
                (gold.unicode_title, lines[:middle]), (lines[middle][:60], lines[middle:]),
            ]  # fmt: skip
    return found


def page_of(language: str, title: str, lines: list[str], note: str = "") -> bytes:
    told = "".join(f"<p>{escape(line)}</p>" for line in [*lines, TAILS[language]])
    head = f"<html lang={language}><meta charset=utf-8><title>{escape(title)}</title>"
    return f"{head}<body><article><h1>{escape(title)}</h1>{told}</article>{note}".encode()


@pytest.fixture
def catalogue(served: Served, tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue" / "sg"
    folder.mkdir(parents=True)
    for name in TAILS:
        (folder / f"{name}.toml").write_text(OUTLET.format(name=name, port=served.port), "utf-8")
    return folder.parent


def show(served: Served, language: str, told: list[tuple[str, list[str]]], note: str = "") -> None:
    """Have an outlet tell these stories."""
    items = ""
    for number, (title, lines) in enumerate(told, 4711):
        served.say(f"{language}/read/{number}/", page_of(language, title, lines, note))
        link = f"http://{language}.localhost:{served.port}/read/{number}/"
        items += f"<item><title>{escape(title)}</title><link>{link}</link></item>"
    feed = f"<rss version='2.0'><channel><title>S</title>{items}</channel></rss>"
    served.say(f"{language}/feed/", feed.encode(), kind="application/rss+xml")


def bodies(archive: Archive) -> dict[str, list[tuple[str, int, str]]]:
    """Return by outlet each revision's address, number and text, in the order of stories."""
    found: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    said = select(stories.c.outlet, stories.c.address, revisions.c.number, revisions.c.body)
    with archive.read() as db:
        joined = said.join(revisions, revisions.c.story == stories.c.id)
        for row in db.execute(joined.order_by(stories.c.id, revisions.c.number)):
            found[row.outlet].append((row.address, row.number, row.body))
    return found


async def test_what_repeats_is_cut_and_replay_cuts_the_same(
    crawl: Started, served: Served, tmp_path: Path
) -> None:
    """In ten languages the line under three stories is cut from the fourth, read beside them or not.

    Pages are read side by side before any of them is stored; replay reads them
    one by one, and gives the same (law 7). What is cut since makes no revision.
    """
    told = halves()
    assert {language: len(each) for language, each in told.items()} == dict.fromkeys(TAILS, 4)
    clock = PlayedClock(NOON)
    program = crawl(clock=clock, CONCURRENT_REQUESTS_PER_DOMAIN=8)
    for language in told:
        served.show(language, f"http://{language}.localhost:{served.port}/old-news", "Old news")
    # What a first poll shows is history, which is not looked at again.
    await program.poll()
    for language, each in told.items():
        show(served, language, each)
    clock.advance(NOON + timedelta(hours=1))
    report = await program.poll()
    assert (report.errors, report.stored) == (0, 40)
    found = bodies(program.tools.archive)
    for language, tail in TAILS.items():
        ends = [body.endswith(tail) for _, _, body in found[language]]
        assert ends == [True, True, True, False], language
    for language, each in told.items():
        show(served, language, each, note="<p>12 views</p>")
    clock.advance(NOON + timedelta(hours=5))
    report = await program.poll()
    assert (report.stored, report.dropped) == (0, {"known": 40})
    assert bodies(program.tools.archive) == found
    target = open_archive(f"sqlite:///{tmp_path / 'again.db'}")
    await replay(program.tools, target)
    assert bodies(target) == found
    with program.tools.archive.read() as db, target.read() as again:
        known = db.execute(select(furniture).order_by(furniture.c.outlet)).all()
        assert again.execute(select(furniture).order_by(furniture.c.outlet)).all() == known
    assert {(row.outlet, row.stories, row.changed) for row in known} == {(n, 4, 3) for n in TAILS}
    target.close()
