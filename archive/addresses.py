"""Addresses of archives: read, shown without their passwords, and given one."""

import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from news import ArchiveError

#: in what is no address: from the name's colon to the last @
_BEHIND_NAME = re.compile("(?<=:)(?!//).*(?=@)", re.DOTALL)
_AS_OPTION = re.compile("([?&][^=&]*password=)[^&]*", re.IGNORECASE)


def read(address: str) -> URL:
    """Return an address taken apart. Raises ArchiveError where it is none."""
    if url := _taken_apart(address):
        return url
    raise no_address(address)


def no_address(address: str) -> ArchiveError:
    """Return the error to raise for what is no address of an archive."""
    return ArchiveError(
        f'"{shown(address)}" is no archive address; write sqlite:////full/path/archive.db '
        "or postgresql://user@host/database"
    )


def shown(address: str | URL) -> str:
    """Return an address as it may be shown: every password in it hidden."""
    url = _taken_apart(address)
    if url is None:
        return _AS_OPTION.sub(r"\1***", _BEHIND_NAME.sub("***", str(address)))
    return _AS_OPTION.sub(r"\1***", url.render_as_string(hide_password=True))


def holds_password(address: str) -> bool:
    """Say whether a password stands in an address."""
    url = _taken_apart(address)
    if url is None:
        return bool(_BEHIND_NAME.search(address))
    return bool(url.password) or any("password" in name.lower() for name in url.query)


def with_password(address: str, password: str) -> str:
    """Return the address with a password put in. Raises ArchiveError where it is no address."""
    return read(address).set(password=password).render_as_string(hide_password=False)


def _taken_apart(address: str | URL) -> URL | None:
    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        # What is wrong with it, who asks says; the cause would show the password.
        return None
