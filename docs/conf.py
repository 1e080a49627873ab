"""How the documentation becomes a site: `make docs`. Nothing is loaded from elsewhere."""

import tomllib
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

project = "Harborwatch"
release = version = VERSION
project_copyright = "the authors of Harborwatch, Apache-2.0"
html_title = f"Harborwatch {VERSION}"

extensions = ["myst_parser"]
exclude_patterns = ["site", "making"]
# "see `make`" becomes no curly quote, "--home" no dash.
smartquotes = False
# Headings can be linked to, as on code hosts.
myst_heading_anchors = 4
# A link to what is not there is a warning, and warnings are errors in `make docs`.
nitpicky = True

html_theme = "furo"
html_static_path = ["style"]
html_css_files = ["site.css"]
html_favicon = "../harborwatch/web/static/mark.svg"
html_show_sphinx = False
html_copy_source = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#8f2a1d",
        "color-brand-content": "#8f2a1d",
        "font-stack": "system-ui, 'Noto Sans', sans-serif",
        "font-stack--monospace": "ui-monospace, 'Noto Sans Mono', monospace",
    },
    "dark_css_variables": {
        "color-brand-primary": "#e8907f",
        "color-brand-content": "#e8907f",
    },
}


class QueryLexer(TextLexer):
    """Questions are shown as they are written: no language of Pygments' is theirs."""

    name = "Harborwatch query"


def setup(app: Sphinx) -> None:
    """Tell Sphinx of what only these pages use."""
    app.add_lexer("query", QueryLexer)
