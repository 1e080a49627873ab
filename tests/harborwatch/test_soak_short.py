"""The long test of collection in its short form."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


def test_nothing_is_missed_in_two_days() -> None:
    """Two days of faults and a kill: every story shown is archived once, sums balance, pace is kept."""
    form = [
        "--days",
        "2",
        "--sources",
        "6",
        "--stories",
        "50",
        "--kills",
        "1",
        "--life",
        "5",
        "--step",
        "45",
        "--seed",
        "3",
    ]
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "soak" / "soak.py"), *form],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "0 wrong" in done.stdout
