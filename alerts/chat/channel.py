"""The channel "chat": each target is the name of a way, whose address stands elsewhere."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apprise import NotifyFormat, NotifyType

from alerts.chat import wire
from alerts.chat.verdict import verdict
from alerts.chat.ways import Way
from alerts.chat.wire import Patience
from news import ChannelError, Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Chats:
    """Hands messages over to chat services."""

    #: by the name that targets call them: "chat:desk"
    ways: Mapping[str, Way]
    patience: Patience = field(default_factory=Patience)
    #: when each way was last used, by the machine's own clock
    _used: dict[str, float] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """Return what targets call it."""
        return "chat"

    def send(self, delivery: Delivery) -> None:
        """Return when the service has taken the message.

        Raises ChannelError, in which nothing of the address stands: permanent
        when the service refuses this message or its secret for good.
        """
        way = self._way(delivery)
        self._keep_pace(delivery.target.address, way.service.pace)
        with wire.talking(self.patience) as talk:
            taken, fault = _handed_over(way, delivery.message.decode("utf-8"))
        error = verdict(taken=taken, answers=talk.answers, service=way.service, shown=way.shown)
        if error is not None and fault and not talk.answers:
            raise ChannelError(
                f"{way.shown} could not be asked: {fault}", permanent=False, hint=error.hint
            )
        if error is not None:
            raise error

    def _keep_pace(self, name: str, pace: float) -> None:
        now = time.monotonic()
        wait = self._used.get(name, now - pace) + pace - now
        if wait > 0:
            time.sleep(wait)
        self._used[name] = time.monotonic()

    def _way(self, delivery: Delivery) -> Way:
        way = self.ways.get(delivery.target.address)
        if way is None:
            raise ChannelError(
                f'no chat "{delivery.target.address}" is set up',
                permanent=False,
                hint="set it up under [chat] in the configuration",
            )
        if way.service.name != delivery.form:
            raise ChannelError(
                f'this was written for {delivery.form}, and "{delivery.target.address}" '
                f"is {way.service.name} now",
                permanent=True,
                hint="what is new goes out in the new form",
            )
        return way


def _handed_over(way: Way, text: str) -> tuple[bool, str]:
    """Return whether Apprise says that it is out, and the kind of a fault of its own."""
    try:
        plugin = way.plugin()
        if way.service.as_json:
            return _posted(plugin, text), ""
        # `send`, not `notify`: the text is in its last form and must not be
        # converted, escaped or cut again.
        taken = plugin.send(
            body=text,
            title="",
            notify_type=NotifyType.INFO,
            body_format=NotifyFormat(way.service.written),
            body_passthrough=False,
        )
    except Exception as error:  # noqa: BLE001 - whatever 173 plugins raise; its text may hold the address
        return False, type(error).__name__
    return bool(taken), ""


def _posted(plugin: Any, text: str) -> bool:
    """Post a JSON document as it is to where Apprise's plugin would post its own."""
    scheme = "https" if plugin.secure else "http"
    port = f":{plugin.port}" if plugin.port else ""
    answer = wire.request(
        plugin.method,
        f"{scheme}://{plugin.host}{port}{plugin.fullpath}",
        params=plugin.params,
        data=text.encode("utf-8"),
        headers={"Content-Type": "application/json; charset=utf-8", **plugin.headers},
        auth=(plugin.user, plugin.password or "") if plugin.user else None,
        verify=plugin.verify_certificate,
    )
    return 200 <= answer.status_code < 300
