"""The judge of the long test knows which mails may come again."""

from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_only_what_a_death_had_in_hand_may_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail begun by a process that did not end it counts once for each such process."""
    monkeypatch.syspath_prepend(ROOT / "bench" / "soak")
    from in_hand import in_hand

    assert in_hand(tmp_path) == Counter()
    told = ["1 begun <a>", "1 begun <b>", "1 ended <a>", "2 begun <b>", "3 begun <b>",
            "3 ended <b>", "3 begun <c>", "3 ended <c>", "3 begun <c>"]  # fmt: skip
    (tmp_path / "mails").write_text("".join(f"{line}\n" for line in told))
    assert in_hand(tmp_path) == {"<b>": 2, "<c>": 1}
