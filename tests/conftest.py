"""What all tests share: property tests draw the same examples at every run.

A change is judged by what it does, not by the luck of the draw. To look for
new counter-examples: HYPOTHESIS_PROFILE=searching.
"""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("searching", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def _plain_handlers() -> list[logging.Handler]:
    # Those of pytest's own come and go with each part of a test.
    return [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Undo what a command that ran in this process made of the log: its process would have ended."""
    root, before = logging.getLogger(), _plain_handlers()
    yield
    for one in _plain_handlers():
        if one not in before:
            root.removeHandler(one)
    for one in before:
        root.addHandler(one)
