"""Pictures of every page of the web interface and of a mail: wide, phone and dark, of the demo.

    make screenshots
    python docs/making/screenshots.py --home DIR --to DIR --format png --only event

Without --home the demo is played first. Needs Debian's chromium (make chromium).
"""

import argparse
import asyncio
import contextlib
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "web"))

from browser import Tab, browser  # noqa: E402
from web_server import Server, serving  # noqa: E402

from alerts.links import Links  # noqa: E402
from archive import open_archive  # noqa: E402
from archive.telling import subscribers  # noqa: E402
from harborwatch.config import NAME  # noqa: E402
from harborwatch.secret_files import signer_of  # noqa: E402

PAGES = ROOT / "docs" / "pages"
#: the address that the links of mails name
PUBLIC = "https://news.example.org"
#: how wide a window is, how much of a page is pictured at most, which colours
MODES = {"": (1280, 1250, "light"), "-phone": (390, 1000, "light"), "-dark": (1280, 720, "dark")}
#: as wide as a mail program shows a mail beside its list
MAIL = {"mail": 760}
#: of webp: small, and letters still clean
QUALITY = 34


def addresses(server: Server, home: Path) -> dict[str, str]:
    """Return the path of each page's best example in this archive, by name."""
    found = server.get(f"/api/search?q={quote('@caih_forum lang:zh')}").json["found"]
    story = found[-1]["story"]
    sources = server.get("/api/sources").json["good"]
    source = max(sources, key=lambda one: one["stories"])["id"]
    digests = [one["number"] for one in server.get("/api/digests").json["digests"]]
    digest = digests[0]
    # The mail that has most to show: new events, facts and copies.
    mail = max(digests, key=lambda one: len(server.get(f"/digests/{one}/html").body))
    return {
        "front": "/", "search": "/search?q=ASEAN", "search-start": "/search",
        "search-mistake": "/search?q=lang:cn+ASEAN", "help": "/help", "try": "/try?q=ASEAN+forum",
        "event": f"/events/{story['event']}", "story": f"/stories/{story['number']}?q={quote('信息港')}",
        "explain": f"/explain?address={story['number']}&q=Hanoi", "topics": "/topics",
        "topic": "/topics/caih", "workbench": "/topics/caih/workbench?text=ASEAN",
        "names": "/topics/caih/names", "watches": "/watches", "sources": "/sources",
        "source": f"/sources/{source}", "digests": "/digests", "digest": f"/digests/{digest}",
        "mail": f"/digests/{mail}/html", "login": "/login", "missing": "/nowhere", **by_mail(home, story["number"]),
    }  # fmt: skip


def by_mail(home: Path, story: int) -> dict[str, str]:
    """Return what the links of a mail to the first subscriber with mail lead to."""
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    with contextlib.closing(archive), archive.read() as db:
        who = subscribers.kept(db)[0].subscriber
    links = Links(url=PUBLIC, signer=signer_of(home), now=datetime.now(UTC))
    found = {
        "unsubscribe": links.unsubscribe(who.id, who.targets[0]),
        "feedback": links.feedback(who.id, story),
    }
    return {name: link.removeprefix(PUBLIC) for name, link in found.items()}


def reached(home: Path, folder: Path) -> Path:
    """Return a copy of a home whose page has a public address: only such mails have links."""
    copied = Path(shutil.copytree(home, folder / "reached"))
    config = copied / NAME
    text = config.read_text("utf-8") if config.exists() else ""
    line = f'public_url = "{PUBLIC}"'
    written = (
        text.replace("[web]", f"[web]\n{line}", 1)
        if "[web]" in text
        else f"{text}\n[web]\n{line}\n"
    )
    config.write_text(written, "utf-8")
    return copied


async def picture(tab: Tab, address: str, path: Path, mode: str, widest: int) -> None:
    """Write one picture, as high as the page or as may be."""
    width, most, scheme = MODES[mode]
    width = min(width, widest)
    await tab.size(width, 844, phone=mode == "-phone")
    await tab.prefer(scheme)
    await tab.open(f"{address}{'&' if '?' in address else '?'}lang=en")
    high = min(await tab.run("document.documentElement.scrollHeight"), most)
    clip = {"x": 0, "y": 0, "width": width, "height": high, "scale": 1}
    kind = path.suffix.removeprefix(".")
    options = {"quality": QUALITY} if kind == "webp" else {}
    await tab.picture(path, clip=clip, format=kind, **options)


async def pictures(server: Server, home: Path, asked: argparse.Namespace) -> None:
    """Write all pictures, with one browser."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        async with browser(Path(profile)) as tab:
            for name, path in addresses(server, home).items():
                for mode in MODES:
                    if name in asked.only or not asked.only:
                        file = asked.to / f"{name}{mode}.{asked.format}"
                        widest = MAIL.get(name, 1280)
                        await picture(tab, server.address + path, file, mode, widest)


def main() -> None:
    """Play the demo where no home is given, serve it, and picture every page."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--home", type=Path, help="a home that the demo left")
    given.add_argument("--to", type=Path, default=PAGES)
    given.add_argument("--format", choices=("webp", "png"), default="webp")
    given.add_argument("--only", nargs="*", default=(), help="names of pages")
    asked = given.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory()))
        home = asked.home
        if home is None:
            home = folder / "home"
            line = [sys.executable, "-m", "harborwatch", "demo", "--once", "--home", home]
            subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
        home = reached(home, folder)
        asyncio.run(pictures(kept.enter_context(serving(home)), home, asked))
    total = sum(file.stat().st_size for file in asked.to.iterdir())
    print(f"{asked.to}: {total / 1e6:.1f} MB in all")


if __name__ == "__main__":
    main()
