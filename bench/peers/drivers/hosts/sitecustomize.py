"""Every name under localhost is this machine (RFC 6761), for any program that a peer starts.

Debian's resolver knows only "localhost" itself. This stands on PYTHONPATH of a
peer's processes, so that nothing of the peer's own code is changed.
"""

import socket

HERE = "127.0.0.1"


def _mapped(host):  # noqa: ANN001, ANN202 - a name as socket takes it, in characters or bytes
    name = host.decode() if isinstance(host, bytes) else host
    under = isinstance(name, str) and name.lower().rstrip(".").endswith(".localhost")
    return HERE if under else host


def _asking(ask):  # noqa: ANN001, ANN202
    return lambda host, *given, **named: ask(_mapped(host), *given, **named)


socket.getaddrinfo = _asking(socket.getaddrinfo)
socket.gethostbyname = _asking(socket.gethostbyname)
