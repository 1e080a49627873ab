"""Files of ours: read into dataclasses, mistakes told with file and line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from news import FileError
from news.toml_files import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    every: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    title: str
    share: float = 1.0
    mood: Literal["calm", "loud"] = "calm"
    parts: tuple[Part, ...] = ()
    forms: Mapping[str, tuple[str, ...]] | None = None


def read(folder: Path, text: str) -> Whole:
    path = folder / "whole.toml"
    path.write_text(text, encoding="utf-8")
    return read_toml(path).read(Whole)


def test_every_kind_of_value_is_read(tmp_path: Path) -> None:
    """What a file says arrives typed, defaults fill the rest."""
    whole = read(
        tmp_path,
        'title = "A"\nshare = 2\n[[parts]]\nname = "x"\n[[parts]]\nname="y"\nevery = 5\n'
        '[forms]\nzh = ["信息港"]\n',
    )
    assert whole.share == 2.0
    assert whole.parts == (Part(name="x"), Part(name="y", every=5))
    assert whole.forms == {"zh": ("信息港",)}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('title = "A"\nshar = 1', 2, 'did you mean "share"?'),
        ("share = 1.0", None, '"title" is missing'),
        ('title = "A"\n\n[[parts]]\nname = "x"\n[[parts]]\nevery = 5', 5, '"name" is missing'),
        ('title = "A"\n[[parts]]\nname = "x"\nevery = "5"', 4, "must be a whole number"),
        ('title = "A"\nmood = "cal"', 2, 'did you mean "calm"?'),
        ('title = "A"\nparts = 3', 2, "must be a list"),
        ('title = "A"\n[forms]\nzh = "信息港"', 3, "must be a list"),
        ('title = "A', 1, "is not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, text: str, line: int | None, said: str
) -> None:
    """An error names the file, the line and the remedy."""
    with pytest.raises(FileError) as caught:
        read(tmp_path, text)
    assert caught.value.line == line
    assert said in str(caught.value)
    assert "whole.toml" in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there is an error with its path, not a traceback."""
    with pytest.raises(FileError, match="cannot be read"):
        read_toml(tmp_path / "none.toml")
