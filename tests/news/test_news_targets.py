"""Targets as they are written."""

from hypothesis import given
from hypothesis import strategies as st

from news import Target


@given(channel=st.text("abc", min_size=1), address=st.text())
def test_a_target_is_read_as_it_is_written(channel: str, address: str) -> None:
    """What is written is read again as the same target, colons in its address included."""
    target = Target(channel=channel, address=address)
    assert Target.of(target.written) == target


def test_without_a_colon_there_is_no_address() -> None:
    """A word alone names a channel, and an address that nothing can be sent to."""
    assert Target.of("mail") == Target(channel="mail", address="")
