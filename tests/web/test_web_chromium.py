"""The pages in a real browser: search in six scripts, forms, phones, and what a checker finds."""

from importlib.metadata import files
from pathlib import Path
from urllib.parse import quote

import pytest
from archive_press import WORD
from archive_tellings import NOON
from browser import CHROMIUM, tab_of, text
from web_server import Server, serving

from archive import open_archive
from archive.collecting import sources
from crawler import catalogue
from crawler.places import SHIPPED

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt install chromium)"),
]
PAGES = ("/", "/search", "/search?q=forum", "/search?q=lang:cn", "/help", "/try?q=forum", "/login", "/stories/31?q=forum", "/stories/34", "/events/31", "/watches", "/topics", "/topics/caih", "/topics/caih/workbench", "/topics/caih/names", "/sources", "/sources/indotelko/listing", "/digests", "/digests/1", "/explain?address=31&q=Hanoi")  # fmt: skip


@pytest.fixture(scope="module")
def axe() -> str:
    """The checker itself; the package that brings it is not loaded, as it asks for another."""
    brought = files("axe-playwright-python") or ()
    return next(one for one in brought if one.name == "axe.min.js").read_text("utf-8")


async def test_a_person_searches_in_every_script(served: Server, tmp_path: Path) -> None:
    """The key / leads to the field; each script's word is typed, sent, found and marked."""
    async with tab_of(tmp_path) as tab:
        for language in ("en", "zh", "th", "km", "lo", "my", "vi"):
            await tab.open(f"{served.address}/?lang=en")
            await tab.call("Input.dispatchKeyEvent", type="keyDown", key="/", text="/")
            assert await tab.run("document.activeElement.id") == "seek"
            await tab.call("Input.insertText", text=WORD[language])
            await tab.leaving("document.querySelector('.seek').requestSubmit()")
            assert "3 stories" in await text(tab, ".total")
            assert await tab.run(
                f"[...document.querySelectorAll('li[class=item] h3[lang={language}]')]"
                ".every(h => h.closest('li').querySelector('mark'))"
            )


async def test_a_person_narrows_and_keeps_a_search(served: Server, tmp_path: Path) -> None:
    """A facet is followed, its condition taken away, the search saved and forgotten."""
    async with tab_of(tmp_path) as tab:
        await tab.open(f"{served.address}/search?q=forum&lang=en")
        whole = await text(tab, ".total")
        await tab.leaving("document.querySelectorAll('.facet')[1].querySelector('a').click()")
        assert await text(tab, ".chips code")
        await tab.leaving("document.querySelector('.chips a').click()")
        assert await text(tab, ".total") == whole
        await tab.run("document.querySelector('#name').value = 'Forums of the harbor'")
        await tab.leaving("document.querySelector('form.save').requestSubmit()")
        assert "Forums of the harbor" in await text(tab, "aside")
        await tab.leaving("document.querySelector('form.inline').requestSubmit()")
        assert "Forums of the harbor" not in await text(tab, "aside")


async def test_a_person_logs_in(tmp_path: Path) -> None:
    """A stopped reader logs in and stands where they wanted to go."""
    open_archive(f"sqlite:///{tmp_path / 'archive.db'}").close()
    with serving(tmp_path, HARBORWATCH_WEB_PASSWORD="a harbor at night") as server:
        async with tab_of(tmp_path) as tab:
            await tab.open(f"{server.address}/topics")
            assert await tab.run("location.pathname") == "/login"
            await tab.run("document.querySelector('#password').value = 'a harbor at night'")
            await tab.leaving("document.querySelector('.start form').requestSubmit()")
            assert await tab.run("location.pathname") == "/topics"


async def test_nothing_foreign_runs(served: Server, tmp_path: Path) -> None:
    """The hostile story opens no dialog, fetches nothing and runs nothing, wherever it stands."""
    async with tab_of(tmp_path) as tab:
        for path in ("/", "/search?q=ASEAN", "/stories/34", "/topics/bri", "/explain?address=34", "/digests", "/digests/1"):  # fmt: skip
            await tab.open(served.address + path)
            assert await tab.run("document.scripts.length") == 1
        # In its frame the digest's script is stopped, which the browser says.
        tab.errors[:] = [one for one in tab.errors if "sandboxed" not in one]


@pytest.mark.parametrize("width", [360, 1280])
async def test_pages_fit_their_width(served: Server, tmp_path: Path, width: int) -> None:
    """No page scrolls sideways, on a phone or a desk."""
    async with tab_of(tmp_path) as tab:
        await tab.size(width, 800, phone=width < 500)
        for path in PAGES:
            await tab.open(served.address + path)
            over = await tab.run("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (path, over)
        tab.errors[:] = [one for one in tab.errors if "sandboxed" not in one]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_checker_finds_no_serious_fault(
    served: Server, tmp_path: Path, axe: str, scheme: str
) -> None:
    """axe-core finds no serious or critical fault: names, contrast, order, landmarks."""
    faults = []
    async with tab_of(tmp_path) as tab:
        await tab.call("Page.setBypassCSP", enabled=True)
        await tab.prefer(scheme)
        for path in PAGES:
            await tab.open(served.address + path)
            await tab.run(axe)
            told = await tab.run("axe.run(document, {iframes: false}).then(r => r.violations)")
            faults += [
                (path, one["id"], one["nodes"][0]["html"][:200], one["nodes"][0].get("failureSummary", "")[:300])
                for one in told
                if one["impact"] in ("serious", "critical")
            ]  # fmt: skip
        tab.errors.clear()
    assert not faults, "\n".join(map(str, faults))


async def test_the_page_is_read_without_javascript(served: Server, tmp_path: Path) -> None:
    """With scripts switched off, search finds and pages lead on."""
    async with tab_of(tmp_path) as tab:
        await tab.call("Emulation.setScriptExecutionDisabled", value=True)
        await tab.open(f"{served.address}/search?q={quote('信息港')}")
        root = await tab.call("DOM.getDocument", depth=0)
        found = await tab.call(
            "DOM.querySelectorAll", nodeId=root["root"]["nodeId"], selector="ol.results mark"
        )
        assert found["nodeIds"]


async def test_on_a_phone_a_failing_source_says_why(tmp_path: Path) -> None:
    """What a source's last visits met is in sight on a phone, and said once on a wide page."""
    archive = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    way = next(iter(catalogue.load([SHIPPED]).values())).sources[0]
    with archive.write() as db:
        sources.synchronise(db, [way], NOON)
        failing = {"last_outcome": "failed", "last_detail": "HTTP 403", "failures": 7}
        db.execute(sources.sources.update().values(last_poll_at=NOON, **failing))
    archive.close()
    seen = (
        "[...document.querySelectorAll('.sources tbody *')].filter(one => !one.children.length &&"
        " one.textContent.includes('HTTP 403 ×7') && one.getClientRects().length &&"
        " one.getBoundingClientRect().right <= innerWidth).length"
    )
    with serving(tmp_path) as server:
        async with tab_of(tmp_path) as tab:
            for width in (1300, 390):
                await tab.size(width, 900, phone=width == 390)
                await tab.open(f"{server.address}/sources?lang=en")
                assert await tab.run(seen) == 1, width
