import json

import pytest
from reading_told import LANGUAGES, TOLD, outlet, read

OTHER = {
    "title": "Kabar lain sama sekali hari ini",
    "body": "<p>" + "Ini kabar lain. " * 60 + "</p>",
}


def shell(language, script):
    title = TOLD[language][0]
    return f"""<html><head><meta charset="utf-8"><title>{title} | Suara Selat</title></head>
    <body><div id="__next"></div>{script}</body></html>"""


def markup(parts):
    return "".join(f"<p>{part}</p>" for part in parts)


def next_data(title, parts):
    """Next.js: a script of its own type, the text as markup beside other stories."""
    story = {"headline": title, "content": markup(parts), "related": [OTHER]}
    state = {"props": {"pageProps": {"latest": [OTHER], "article": story}}}
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'


def initial_state(title, parts):
    """An assignment amid other code, the text as a list of paragraphs."""
    paragraphs = [{"type": "paragraph", "text": part} for part in parts]
    state = {"story": {"title": title, "body": paragraphs}, "teasers": [OTHER]}
    return f"<script>var a=1;window.__INITIAL_STATE__ = {json.dumps(state)};start()</script>"


def apollo(title, parts):
    """A normalised store, where the body is a reference; the headline in parts of a line."""
    state = {
        "ROOT": {"x": {"__ref": "Article:1"}},
        "Article:1": {"name": title, "body": {"__ref": "Body:1"}},
        "Body:1": {"content": [
            {"type": "paragraph", "content": [{"text": part[:9]}, {"text": part[9:]}]} for part in parts
        ]},
        "Article:2": {"name": OTHER["title"], "body": OTHER["body"]},
    }  # fmt: skip
    return f"<script>window.__APOLLO_STATE__={json.dumps(state, ensure_ascii=False)}</script>"


def parsed(title, parts):
    """JSON inside a string that the page's script parses."""
    state = json.dumps({"page": {"title": title, "articleBody": "\n".join(parts)}})
    return f"<script>window['__PRELOADED_STATE__'] = JSON.parse({json.dumps(state)});</script>"


def pushed(title, parts):
    """Rows pushed one by one, as newer Next.js does."""
    row = "5:" + json.dumps(
        ["$", "div", None, {"article": {"title": title, "html": markup(parts)}}]
    )
    half = len(row) // 2
    push = "".join(
        f"<script>self.__next_f.push([1,{json.dumps(part)}]){' ' * 500}</script>"
        for part in ("1:I[22]\n" + row + "\n",)
    )
    assert half
    return push


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", [next_data, initial_state, apollo, parsed, pushed])
def test_a_client_rendered_page_is_read_from_its_state(language, form):
    """An empty shell gives the text that stands beside the page's headline in its data, and no other."""
    title, parts, *_ = TOLD[language]
    found = read(shell(language, form(title, parts)), outlet(language))
    assert found.body == "\n".join(parts)
    assert found.method == "state"


@pytest.mark.parametrize(
    "script",
    ["window.__X__ = {", "window.__X__ = {}" + "[" * 5000, "window.__X__ = " + "[" * 100_000],
)
def test_broken_states_are_nothing(script):
    """A state that is cut off or nested without end is passed over."""
    _, parts, *_ = TOLD["en"]
    page = shell("en", f"<script>{script}{' ' * 600}</script>{markup(parts)}")
    assert read(page, outlet("en")).body == "\n".join(parts)
