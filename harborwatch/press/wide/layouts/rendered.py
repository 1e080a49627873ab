"""Client-rendered pages: an empty body, and the story in the state that scripts read."""

from __future__ import annotations

import json
from html import escape

from harborwatch.press.wide.furniture import charset
from harborwatch.press.wide.layout import Layout
from harborwatch.press.wide.view import Placed, View


def path_of(_: View, placed: Placed) -> str:
    """Give the path."""
    return f"/article/{placed.number}/{placed.text.slug}"


def _html(placed: Placed) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in placed.text.paragraphs)


def _safe(value: object) -> str:
    """Write JSON that may stand inside a script."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _article(view: View, placed: Placed) -> dict[str, object]:
    return {
        "id": placed.number,
        "title": placed.text.headline,
        "slug": placed.text.slug,
        "publishedAt": view.local(placed.published).isoformat(),
        "author": {"name": placed.text.author},
        "body": _html(placed),
    }


def _latest(view: View) -> list[dict[str, object]]:
    return [{"id": n, "title": text} for n, text in enumerate(view.headlines[:8], 1)]


def _next(view: View, placed: Placed) -> str:
    state = {
        "props": {
            "pageProps": {"article": _article(view, placed), "latest": _latest(view)},
            "__N_SSG": True,
        },
        "page": "/article/[...slug]",
        "query": {},
        "buildId": "b1a2c3",
    }
    return f'<script id="__NEXT_DATA__" type="application/json">{_safe(state)}</script>'


def _initial(view: View, placed: Placed) -> str:
    state = {
        "app": {"locale": view.outlet.language},
        "detail": {"loading": False, "data": _article(view, placed)},
        "list": {"items": _latest(view)},
    }
    return f"<script>window.__INITIAL_STATE__={_safe(state)};(function(){{}})();</script>"


def _nuxt(view: View, placed: Placed) -> str:
    """Write what Nuxt 2 writes: a call whose arguments hold the repeated values."""
    names = "abcde"
    article = _article(view, placed)
    values = [article[key] for key in ("title", "publishedAt", "body", "slug")]
    inner = f"{{id:{placed.number},title:a,publishedAt:b,content:c,slug:d,author:{{name:e}}}}"
    arguments = ",".join(_safe(value) for value in [*values, placed.text.author])
    return (
        f"<script>window.__NUXT__=(function({','.join(names)}){{return {{layout:"
        f'"default",data:[{{article:{inner}}}],error:null,serverRendered:true}}}}'
        f"({arguments}));</script>"
    )


def _apollo(view: View, placed: Placed) -> str:
    """Write a normalised cache: the body is a list of blocks, each a paragraph of its own."""
    blocks = [{"__typename": "ParagraphBlock", "text": line} for line in placed.text.paragraphs]
    story = f"Article:{placed.number}"
    state = {
        "ROOT_QUERY": {
            "__typename": "Query",
            f'article({{"id":{placed.number}}})': {"__ref": story},
        },
        story: {
            "__typename": "Article",
            "headline": placed.text.headline,
            "firstPublished": view.local(placed.published).isoformat(),
            "byline": [{"__ref": "Author:1"}],
            "content": {"__typename": "Content", "blocks": blocks},
        },
        "Author:1": {"__typename": "Author", "name": placed.text.author},
        **{f"Teaser:{each['id']}": {"headline": each["title"]} for each in _latest(view)},
    }
    return f"<script>window.__APOLLO_STATE__ = {_safe(state)};</script>"


STATES = {"next": _next, "initial": _initial, "nuxt": _nuxt, "apollo": _apollo}
ROOTS = {"next": "__next", "initial": "root", "nuxt": "__nuxt", "apollo": "app"}


def shell(view: View, title: str, state: str) -> str:
    """Make the page that a browser fills."""
    root = ROOTS[view.outlet.state or "next"]
    return (
        f'<!DOCTYPE html>\n<html lang="{view.outlet.language}">\n<head>\n{charset(view, old=False)}'
        f"<title>{escape(title)} | {escape(view.outlet.title)}</title>\n"
        '<meta name="viewport" content="width=device-width" />\n'
        '<link rel="preload" href="/static/app.js" as="script" />\n</head>\n<body>\n'
        f"<noscript>{view.phrases.script}</noscript>\n"
        f'<div id="{root}"></div>\n{state}\n<script src="/static/app.js" defer></script>\n'
        "</body>\n</html>\n"
    )


def page(view: View, placed: Placed, _: int = 1) -> str:
    """Make the page of a story."""
    return shell(view, placed.text.headline, STATES[view.outlet.state](view, placed))


LAYOUT = Layout(path_of=path_of, page=page, pattern=r"^/article/(?P<key>\d+)/[^/?]+$", timed=True)
