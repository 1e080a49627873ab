"""A way into a chat: an Apprise address, which is a secret, and what may be said of it."""

from dataclasses import dataclass, field, replace
from typing import Any

import apprise

from alerts.chat import wire
from alerts.chat.service import Service
from alerts.chat.services import service_for
from alerts.chat.services.plain import OTHER
from news import ChannelError

#: A message below that holds no event: text messages to phones.
SHORTEST = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One chat that digests can go to."""

    service: Service
    #: what logs and lists may show: "Telegram", "ntfy at push.example"
    shown: str
    #: holds tokens and passwords
    address: str = field(repr=False)

    def plugin(self) -> Any:
        """Return Apprise's plugin, anew for each message.

        One that is kept would sleep between two messages, and Matrix would
        take the second for the first.
        """
        plugin = _instance(self.address)
        for name, value in self.service.switches:
            setattr(plugin, name, value)
        return plugin


def open_way(address: str) -> Way:
    """Return the way of an Apprise address, without asking anybody.

    Raises ChannelError, which says nothing of the address, where Apprise does
    not know it, where it names several receivers or is not spoken to over HTTP.
    """
    wire.hush()
    plugin = _instance(address)
    if plugin is None:
        raise _unusable("is no address that Apprise knows", "see docs/channels.md for its form")
    if not wire.watch(plugin):
        raise _unusable("is no service that is spoken to over HTTP", "mail goes by mail: targets")
    if len(plugin) != 1:
        what = f"names {len(plugin)} receivers"
        raise _unusable(what, "give each one a name and an address of its own")
    if plugin.body_maxlen < SHORTEST:
        what = f"is of a service that takes {plugin.body_maxlen} characters"
        raise _unusable(what, "a digest needs more room")
    service = service_for(plugin.schema)
    if service is OTHER:
        title, limit = str(plugin.service_name), min(OTHER.limit, plugin.body_maxlen)
        service = replace(OTHER, title=title, limit=limit)
    return Way(service=service, shown=_shown(service, plugin), address=address)


def _instance(address: str) -> Any:
    return apprise.Apprise.instantiate(address.strip(), asset=_asset())


def _asset() -> apprise.AppriseAsset:
    asset = apprise.AppriseAsset()
    # Names that some services show, and no pictures from Apprise's site.
    asset.app_id = asset.app_desc = "Harborwatch"
    asset.app_url, asset.image_url_mask, asset.image_url_logo = "", "", ""
    asset.http_redirects = False
    return asset


def _shown(service: Service, plugin: Any) -> str:
    if not service.own_server or not plugin.host:
        return service.title
    port = f":{plugin.port}" if plugin.port else ""
    return f"{service.title} at {plugin.host}{port}"


def _unusable(what: str, hint: str) -> ChannelError:
    return ChannelError(what, permanent=True, hint=hint)
