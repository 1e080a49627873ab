"""A receiver that stands for every chat service."""

from collections.abc import Iterator

import pytest
from chat_receiver import Receiver, ToReceiver, receiving

from alerts.chat.wire import Wire


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Run a receiver; what goes to a service's own host is carried to it."""
    with receiving() as running:
        monkeypatch.setattr(Wire, "get_adapter", lambda self, url: ToReceiver(running.port))
        yield running
