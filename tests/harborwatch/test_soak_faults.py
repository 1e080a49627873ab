"""The faults of the long test, each on a small archive of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.kill, pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")]


@pytest.mark.parametrize(
    "fault",
    ["killed", "killed early", "killed alike", "reader killed", "frozen", "full", "read only",
     "clock back", "corrupted", "mail in hand"],
)  # fmt: skip
def test_the_laws_hold_after(fault: str) -> None:
    """After each fault laws 1 to 5 hold: nothing lost, nothing twice, sums balance, told once."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "soak" / "faults.py"), "--only", fault, "--kills", "8"],
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
