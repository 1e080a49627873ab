"""How the archive stands as a page: where it listens, and who may read and change it.

Passwords never stand in the configuration: each is an environment variable or
a file, as plain text or as the argon2 hash that `harborwatch web --hash` makes.
"""

import os
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from news import FileError

#: processes of the page
MOST_WORKERS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """Where the archive stands as a page, and who may read it."""

    #: whether `harborwatch run` starts the page beside its work
    enabled: bool = True
    #: other addresses than this machine's own need a password
    host: str = "127.0.0.1"
    #: of that address; 0 takes any free one
    port: int = 8017
    #: processes that answer; each takes about 150 MB, and one more core keeps one more busy
    workers: int = 1
    #: where readers find it, if a proxy stands before it: "https://news.example.org"
    public_url: str = ""
    #: addresses of that proxy, or its network: where its X-Forwarded-For says a reader comes
    #: from, wrong passwords are counted; without it all readers share the proxy's address
    trusted_proxies: tuple[str, ...] = ()
    #: who may change something: the environment variable of the editor's password
    password_env: str = "HARBORWATCH_WEB_PASSWORD"  # noqa: S105 - a name, not a password
    #: holds the editor's password, or its argon2 hash; beside harborwatch.toml
    password_file: str = ""
    #: who may only read: the environment variable of the reader's password
    reader_password_env: str = "HARBORWATCH_WEB_READER_PASSWORD"  # noqa: S105 - a name
    #: holds the reader's
    reader_password_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passwords:
    """The passwords of the page, as they were given; "" is none."""

    editor: str = field(default="", repr=False)
    reader: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Say whether anybody must log in."""
        return bool(self.editor or self.reader)


def passwords(config: Path, web: WebConfig) -> Passwords:
    """Return the passwords that a configuration names. Raises FileError."""
    return Passwords(
        editor=_secret(config, web.password_file, web.password_env),
        reader=_secret(config, web.reader_password_file, web.reader_password_env),
    )


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches that address."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def reachable(web: WebConfig) -> str:
    """Return where readers of mails find the page; "" where only this machine does."""
    host = urlsplit(web.public_url).hostname or ""
    return "" if not host or is_loopback(host) else web.public_url


def check(config: Path, web: WebConfig, given: Passwords) -> None:
    """Raise FileError where others could read the page and no password stops them.

    And where no process would answer, or a trusted proxy is no address.
    """
    for one in web.trusted_proxies:
        try:
            ip_network(one)
        except ValueError as error:
            what = f"trusted_proxies under [web]: {error}"
            raise FileError(config, None, what, 'write "127.0.0.1" or "10.0.0.0/8"') from error
    if not 1 <= web.workers <= MOST_WORKERS:
        what = f"workers under [web] is {web.workers}"
        raise FileError(config, None, what, f"give 1 to {MOST_WORKERS}: one for each core")
    if is_loopback(web.host) or given:
        return
    raise FileError(
        config,
        None,
        f"the page would stand open at {web.host}: anybody who reaches this machine could read it",
        f"set the environment variable {web.password_env} or name a password_file under [web], "
        "or leave host at 127.0.0.1",
    )


def _secret(config: Path, file: str, variable: str) -> str:
    if not file:
        return os.environ.get(variable, "").strip()
    try:
        return (config.parent / file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(
            config, None, f"the password file {file} cannot be read: {error}"
        ) from error
