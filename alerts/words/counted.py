"""What facts say, in the languages of digests: things, measures, the ends of a range."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def counted(language: str) -> Mapping[str, str]:
    """Return the words of a language for `news.saying`, by the English ones; none for English."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {english: said[language] for english, said in table.items() if language in said}
