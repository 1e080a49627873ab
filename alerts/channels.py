"""A channel: the one seam through which deliveries leave.

A channel is one small file with a class that has this shape.
"""

from typing import Protocol

from news import Delivery


class Channel(Protocol):
    """A way to hand a finished message over."""

    @property
    def name(self) -> str:
        """Return what targets call it: "mail", "mailbox"."""
        ...

    def send(self, delivery: Delivery) -> None:
        """Hand the delivery over, and return when the other side has it.

        May block. Sending the same delivery again must do no harm beyond a
        second message with the same Message-ID. Raises news.ChannelError.
        """
        ...
