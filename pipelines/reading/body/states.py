"""The story that a page carries as data for its scripts (client-rendered pages).

Such a page's markup is an empty shell; its text stands in a script as JSON:
`<script type="application/json" id="__NEXT_DATA__">`, `window.__X__ = {…}`,
`window.__X__ = JSON.parse("…")`, or the rows that newer Next.js pushes. A state
written as a program (Nuxt 2: a function and its arguments) is not run; of its
strings the longest is taken where another is the headline.
"""

import json
import re
from collections.abc import Iterator
from typing import TypeGuard

from lxml.html import HtmlElement

from pipelines.reading.agreement import words_of
from pipelines.reading.markup import plain
from pipelines.reading.metadata.headlines import folded
from pipelines.reading.refusals import weight

#: Assignments to a global name in capitals or underscores: __NUXT__, __APOLLO_STATE__,
#: INITIAL_STATE, _pageData, Fusion.globalContent.
_ASSIGNED = re.compile(
    r"(?:^|[;\s(])(?:(?:window|self|globalThis)\s*(?:\.|\[\s*[\"'])\s*|(?:var|let|const)\s+)?"
    r"(?:__?[A-Za-z][\w$]*|[A-Z][A-Z_]{5,}|Fusion\.\w+)(?:[\"']\s*\])?\s*=\s*(?=[{\[J])"
)
_PARSE = re.compile(r"JSON\.parse\(\s*(?=\")")
_PUSHED = re.compile(r"__next_f\.push\(\s*(?=\[)")
#: A state that a function builds, and string literals in it.
_PROGRAM = re.compile(r"__[A-Z]+__\s*=\s*\(\s*function\s*\(")
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_ROW = re.compile(r"(?:^|\n)[0-9a-f]+:(?:(T)[0-9a-f]+,|(?=[\[{]))")
_HEADED = ("headline", "title", "name", "heading", "judul", "basic")
#: What stands under these names is another story, or about this one.
_OTHER = re.compile(
    r"related|recommend|next|prev|comment|popular|latest|author|seo|meta|tags?$|more"
)
_HOLDS = re.compile(
    r"body|content|text|html|article|story|isi|detail|paragraph|element|block|component|data"
)
_PARTS = ("content", "children", "nodes", "elements", "content_elements", "blocks", "items",
          "paragraphs", "components", "body", "value", "html", "raw", "document")  # fmt: skip
_LINE = re.compile(r"para|head|text|list.?item|quote|^p$|^h\d$|unstyled", re.IGNORECASE)
#: Letters of a script below which it carries no story, and of a text that is one.
_SCRIPT, _STORY = 500, 200
#: Bounds for hostile pages: objects that are looked at, how deep, rows.
_MOST, _DEPTH, _ROWS = 50_000, 40, 2_000


def carried(tree: HtmlElement, title: str) -> str:
    """Return the text that stands beside the headline in the page's data, or ""."""
    wanted = set(words_of(folded(title)))
    if not wanted:
        return ""
    scripts = list(tree.iter("script"))
    found = [_best(root, wanted) for script in scripts for root in _data(script)]
    found += [_longest(script.text, wanted) for script in scripts if _is_program(script.text)]
    return max(found, key=len, default="")


def _is_program(text: str | None) -> bool:
    return text is not None and len(text) >= _SCRIPT and _PROGRAM.search(text) is not None


def _longest(text: str, wanted: set[str]) -> str:
    strings = [_json(text, match.start()) for match in list(_STRING.finditer(text))[:_MOST]]
    said = [one for one in strings if isinstance(one, str)]
    if not any(_heads({"title": one}, wanted, "title") for one in said):
        return ""
    found = _rendered(max(said, key=len), None, 0)
    return found if weight(found) >= _STORY else ""


def _data(script: HtmlElement) -> Iterator[object]:
    text, kind = script.text or "", (script.get("type") or "").lower()
    if len(text) < _SCRIPT or "ld+json" in kind:
        return
    if "json" in kind:
        yield _json(text, 0)
    elif _PUSHED.search(text):
        yield from _rows(text)
    else:
        for match in list(_ASSIGNED.finditer(text))[:20]:
            yield _assigned(text, match.end())


def _json(text: str, at: int) -> object:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text.lstrip() if not at else text, at)[0]
    except (ValueError, RecursionError):
        return None


def _assigned(text: str, at: int) -> object:
    parsed = _PARSE.match(text, at)
    inner = _json(text, parsed.end()) if parsed else None
    return _json(inner, 0) if isinstance(inner, str) else _json(text, at)


def _rows(text: str) -> Iterator[object]:
    # Rows are "7:{…}" or "7:T1f3,<p>…"; the text of a T row is told apart by its headline.
    pushed = (_json(text, match.end()) for match in _PUSHED.finditer(text))
    stream = "".join(
        part for push in pushed if isinstance(push, list) for part in push if isinstance(part, str)
    )
    starts = list(_ROW.finditer(stream))[:_ROWS]
    for row, after in zip(starts, [*starts[1:], None], strict=True):
        if not row.group(1):
            yield _json(stream[row.end() : after.start() if after else len(stream)], 0)


def _is_object(node: object) -> TypeGuard[dict[str, object]]:
    return isinstance(node, dict)


def _objects(root: object) -> Iterator[dict[str, object]]:
    waiting, seen = [(root, 0)], 0
    while waiting and seen < _MOST:
        node, depth = waiting.pop()
        seen += 1
        if _is_object(node):
            yield node
        if depth < _DEPTH and isinstance(node, dict | list):
            within = node.values() if isinstance(node, dict) else node
            waiting += [(child, depth + 1) for child in within if isinstance(child, dict | list)]


def _best(root: object, wanted: set[str]) -> str:
    texts = [
        _text(node, root)
        for node in _objects(root)
        if any(_heads(node, wanted, n) for n in _HEADED)
    ]
    return max(texts, key=len, default="")


def _heads(node: dict[str, object], wanted: set[str], name: str) -> bool:
    told = node.get(name)
    if _is_object(told):  # {"headlines": {"basic": …}}, {"title": {"rendered": …}}
        told = told.get("basic") or told.get("rendered") or told.get("main")
    words = set(words_of(folded(plain(told)[:400]))) if isinstance(told, str) else set()
    # The page's title may carry the site's name beside the headline.
    return len(words & wanted) >= max(1.0, 0.8 * len(words), 0.5 * len(wanted))


def _text(story: dict[str, object], root: object) -> str:
    texts = [
        _rendered(value, root, 0)
        for name, value in story.items()
        if _HOLDS.search(name.lower()) and not _OTHER.search(name.lower())
    ]
    best = max(texts, key=len, default="")
    return best if weight(best) >= _STORY and not best.startswith(("{", "[")) else ""


def _rendered(node: object, root: object, depth: int) -> str:
    if isinstance(node, str):
        return plain(node) if "<" in node or "&" in node else node.strip("\n")
    if depth > _DEPTH:
        return ""
    if isinstance(node, list):
        parts = [_rendered(child, root, depth + 1) for child in node]
        return "\n".join(part for part in parts if part.strip())
    return _rendered_object(node, root, depth) if _is_object(node) else ""


def _rendered_object(node: dict[str, object], root: object, depth: int) -> str:
    link = node.get("__ref")
    if isinstance(link, str) and _is_object(root):
        return _rendered(root.get(link), root, depth + 1)
    told = node.get("text")
    if isinstance(told, str):
        return _rendered(told, root, depth + 1)
    within = next((node[name] for name in _PARTS if node.get(name)), None)
    kind = node.get("type") or node.get("nodeType") or node.get("_type")
    if isinstance(within, list) and isinstance(kind, str) and _LINE.search(kind):
        # The pieces of one line: plain, bold, linked.
        return "".join(_rendered(child, root, depth + 1) for child in within)
    return _rendered(within, root, depth + 1)
