"""Keeps requests out of private networks, at every hop and after every look-up.

A redirect or a DNS answer can point anywhere; without this a hostile outlet
could make us read the machine's own neighbours.
"""

import ipaddress
import socket
from typing import Self
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest


class PrivateAddress(IgnoreRequest):
    """A request would have left the public network."""


def is_private(address: str) -> bool:
    """Return whether an IP address is not one of the public network."""
    return not ipaddress.ip_address(address.split("%", maxsplit=1)[0]).is_global


class Guard:
    """Downloader middleware: refuses addresses that name a private host by number."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the permission from the settings."""
        return cls(allow_private=crawler.settings.getbool("HARBORWATCH_ALLOW_PRIVATE"))

    def process_request(self, request: Request) -> None:
        """Raise PrivateAddress at a private number; names are the resolver's."""
        host = urlsplit(request.url).hostname or ""
        try:
            private = is_private(host)
        except ValueError:
            return
        if private and not self._allow_private:
            raise PrivateAddress(f"{host} is an address of a private network")


class GuardedResolver(AbstractResolver):
    """Looks names up, and drops answers that lie in private networks.

    Names under localhost are this machine without asking anybody (RFC 6761,
    section 6.3); the replica outlets of the demo have such names.
    """

    def __init__(self, inner: AbstractResolver, *, allow_private: bool) -> None:
        self._inner = inner
        self._allow_private = allow_private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the public addresses of a host. Raises OSError where there are none."""
        found = await self._look_up(host, port, family)
        allowed = [one for one in found if self._allow_private or not is_private(one["host"])]
        if not allowed:
            raise OSError(None, f"{host} has only addresses of private networks")
        return allowed

    async def close(self) -> None:
        """Close the resolver inside."""
        await self._inner.close()

    async def _look_up(
        self, host: str, port: int, family: socket.AddressFamily
    ) -> list[ResolveResult]:
        if host == "localhost" or host.endswith(".localhost"):
            return [
                ResolveResult(
                    hostname=host,
                    host="127.0.0.1",
                    port=port,
                    family=socket.AF_INET,
                    proto=socket.IPPROTO_TCP,
                    flags=socket.AI_NUMERICHOST,
                )
            ]
        return await self._inner.resolve(host, port, family)
