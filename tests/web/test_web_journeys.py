"""What people come for, in a real browser: a watch, an event, an explanation; by keyboard alone."""

from pathlib import Path

import pytest
from browser import CHROMIUM, Tab, tab_of, text
from web_server import Server

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt install chromium)"),
]
TAB, ENTER = ("Tab", 9), ("Enter", 13)
#: what the focus may come to
REACHABLE = "main a[href], main button, main input:not([type=hidden]), main select, main summary"
FOCUSED = """(() => {
  const at = document.activeElement, drawn = getComputedStyle(at), box = at.getBoundingClientRect();
  return {n: [...document.querySelectorAll(%r)].indexOf(at), name: at.className, tag: at.tagName,
          ring: drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2,
          seen: box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight};
})()"""


async def test_a_person_saves_a_watch(served: Server, tmp_path: Path) -> None:
    """A question is tried, named and saved; it stands among the watches, and is removed again."""
    async with tab_of(tmp_path) as tab:
        await tab.open(f"{served.address}/try?lang=en")
        await tab.run("document.querySelector('#q').value = 'forum lang:en'")
        await tab.leaving("document.querySelector('form.ask').requestSubmit()")
        assert "stor" in await text(tab, ".total")
        await tab.run("document.querySelector('#watch').value = 'By hand'")
        await tab.leaving("document.querySelector('form[action=\"/watches\"]').requestSubmit()")
        assert "ani/By hand" in await text(tab, "aside")
        await tab.open(f"{served.address}/watches")
        assert "By hand" in await text(tab, "main")
        remove = "[...document.querySelectorAll('form[action=\"/watches/remove\"]')].find(f => f.elements.name.value === 'By hand')"
        await tab.leaving(f"{remove}.requestSubmit()")
        assert "By hand" not in await text(tab, "main")


async def test_a_person_follows_an_event_to_its_reason(served: Server, tmp_path: Path) -> None:
    """From an event to its first telling, and from there to what became of it and why."""
    async with tab_of(tmp_path) as tab:
        await tab.open(f"{served.address}/events/31?lang=en")
        assert await tab.run("document.querySelectorAll('article.telling.first').length") == 1
        assert await tab.run(
            "[...document.querySelectorAll('main h1, .telling h3, .telling blockquote')].every(e => e.lang)"
        )
        await tab.leaving("document.querySelector('article.first h3 a').click()")
        assert await tab.run("location.pathname") == "/stories/31"
        assert await tab.run("document.querySelectorAll('del, ins').length") >= 2
        await tab.leaving("document.querySelector('main a[href^=\"/explain\"]').click()")
        assert await tab.run("document.querySelectorAll('ol.steps li').length") > 1
        await tab.run("document.querySelector('main #q').value = 'Hanoi'")
        await tab.leaving("document.querySelector('form.ask').requestSubmit()")
        assert await tab.run("document.querySelectorAll('.answer.no').length") == 1


@pytest.mark.parametrize("path", ["/", "/search?q=forum", "/watches", "/sources", "/explain"])
async def test_no_mouse_is_needed(served: Server, tmp_path: Path, path: str) -> None:
    """The first key leads past the menu; each next one to the next link or field, all in sight."""
    async with tab_of(tmp_path) as tab:
        await tab.open(f"{served.address}{path}")
        await tab.press(*TAB)
        first = await tab.run(FOCUSED % REACHABLE)
        assert (first["name"], first["ring"], first["seen"]) == ("skip", True, True)
        await tab.press(*ENTER)
        shown = await tab.run(
            f"[...document.querySelectorAll({REACHABLE!r})].filter(e => e.checkVisibility()).length"
        )
        reached = await _walk(tab, min(shown, 40))
        assert reached == sorted(reached)
        assert len(set(reached)) == min(shown, 40)


async def _walk(tab: Tab, steps: int) -> list[int]:
    reached = []
    for _ in range(steps):
        await tab.press(*TAB)
        at = await tab.run(FOCUSED % REACHABLE)
        assert at["ring"], at
        assert at["seen"], at
        reached.append(at["n"])
    return reached


async def test_enter_opens_what_was_found(served: Server, tmp_path: Path) -> None:
    """A question is typed and sent by Enter, and its first story opened by Enter."""
    async with tab_of(tmp_path) as tab:
        await tab.open(f"{served.address}/search")
        await tab.run("document.querySelector('#q').focus()")
        await tab.call("Input.insertText", text="forum")
        await tab.leaving_by(*ENTER)
        await tab.run("document.querySelector('ol.results h3 a').focus()")
        await tab.leaving_by(*ENTER)
        assert (await tab.run("location.pathname")).startswith("/stories/")
