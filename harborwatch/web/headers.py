"""What every answer says to the browser, and which hosts are answered at all."""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harborwatch.web_config import is_loopback

#: nothing from elsewhere, nothing inline, in no other page's frame
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: for a digest's own HTML, shown in a frame: it may style itself and do nothing else
FRAMED_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)

_ALWAYS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    # Outlets need not learn who reads them, nor what for.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-cache",
}


class Guarded:
    """An application whose every answer carries the headers; pure ASGI."""

    def __init__(
        self, app: ASGIApp, *, only_this_machine: bool, but_for: tuple[str, ...] = ()
    ) -> None:
        """Take the application; `only_this_machine` refuses the names of other hosts.

        The paths `but_for` answer to them all the same, and what pages look like.

        A page without a password trusts whoever reaches it. A foreign page in the
        same browser could do so by a name of its own that leads to 127.0.0.1 (DNS
        rebinding); by its name it is told.
        """
        self._app = app
        self._only_this_machine = only_this_machine
        self._but_for = but_for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        open_to_all = scope["path"] in self._but_for or scope["path"].startswith("/static/")
        guarded = self._only_this_machine and not open_to_all
        if guarded and not is_loopback(_host(Headers(scope=scope))):
            told = PlainTextResponse(
                "This page answers to the names of this machine only: 127.0.0.1, localhost.\n", 421
            )
            await told(scope, receive, sending)
            return
        await self._app(scope, receive, sending)


def _host(headers: Headers) -> str:
    """Return the host that was asked for, without its port."""
    host = headers.get("host", "")
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
