"""Pages that are no story: consent, not there, only numbers, nothing, ten news in one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from .furniture import column, foot, head, sections
from .layouts.rendered import shell
from .view import View

#: Currencies of the tables, with a rate that the outlet's number shifts.
CURRENCIES = ("USD", "EUR", "JPY", "SGD", "MYR", "THB", "CNY", "HKD", "AUD", "GBP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """One kind of page that a reader refuses."""

    path: str
    #: The class of the reason.
    refused: str
    make: Callable[[View], str]


def _page(view: View, title: str, body: str) -> str:
    return (
        head(view, title)
        + f'<body>\n<header class="masthead"><a href="/">{escape(view.outlet.title)}</a></header>\n'
        f'<nav class="topnav">{sections(view)}</nav>\n<div class="container content"><main>\n'
        f"<h1>{escape(title)}</h1>\n{body}\n</main>\n{column(view)}</div>\n{foot(view)}"
    )


def _consent(view: View) -> str:
    """Make what stands before the story until the reader agrees: no story at all."""
    title, text, agree, choose = view.phrases.consent
    return (
        head(view, title)
        + f'<body class="consent"><div class="dialog" role="dialog"><h1>{title}</h1><p>{text}</p>'
        f'<form method="post" action="/consent"><button name="agree">{agree}</button>'
        f'<button name="choose">{choose}</button></form></div></body></html>\n'
    )


def _missing(view: View) -> str:
    title, text = view.phrases.missing
    return _page(view, title, f'<div class="error"><p>{text}</p></div>')


def _rates(view: View) -> str:
    title, *columns = view.phrases.rates
    shift = view.outlet.seed % 97
    heads = "".join(f"<th>{name}</th>" for name in columns)
    rows = "".join(
        f"<tr><td>{name}</td><td>{1000 + shift + n * 731:,}.{n}5</td>"
        f"<td>{1019 + shift + n * 733:,}.{n}0</td></tr>"
        for n, name in enumerate(CURRENCIES)
    )
    return _page(view, title, f'<table class="rates"><tr>{heads}</tr>{rows}</table>')


def _lottery(view: View) -> str:
    title, prize = view.phrases.lottery
    seed = view.outlet.seed
    rows = "".join(
        f"<tr><td>{prize.format(n=n)}</td><td>"
        + " ".join(f"{(seed + n * 7919 + m * 104_729) % 1_000_000:06}" for m in range(n * 2))
        + "</td></tr>"
        for n in range(1, 7)
    )
    return _page(view, title, f'<table class="draw">{rows}</table>')


def _shell(view: View) -> str:
    """Make a client-rendered page whose state comes by another request."""
    return shell(view, view.outlet.title, "")


def _briefs(view: View) -> str:
    """Put ten news into one item, each with a headline of its own."""
    shown = [*view.headlines, *view.headlines][:10]
    leads = [placed.text.paragraphs for placed in view.stories if placed.kind == "story"]
    lines = [line for paragraphs in leads for line in paragraphs][:10]
    rows = "\n".join(
        f'<h3>{n}. {escape(title)}</h3>\n<p>{escape(line)} <a href="/arsip/{n}">'
        f"{view.words.read_more}</a></p>"
        for n, (title, line) in enumerate(zip(shown, lines, strict=False), 1)
    )
    return _page(view, view.phrases.briefs, f'<div class="briefs">\n{rows}\n</div>')


ODD: dict[str, Odd] = {
    "consent": Odd(path="/consent/one", refused="consent-page", make=_consent),
    "missing": Odd(path="/gone/one", refused="error-page", make=_missing),
    "rates": Odd(path="/rates/today", refused="numbers-only", make=_rates),
    "lottery": Odd(path="/lottery/today", refused="numbers-only", make=_lottery),
    "shell": Odd(path="/shell/one", refused="no-body", make=_shell),
    "briefs": Odd(path="/briefs/today", refused="listing", make=_briefs),
}
