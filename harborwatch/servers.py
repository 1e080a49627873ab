"""The servers that a configuration names, and their passwords, which stand elsewhere."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from archive import addresses
from news import ArchiveError, FileError
from news.toml_files import TomlFile

_CHAT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailConfig:
    """How digests leave. Without `server` they stay in the mailbox folder."""

    #: from whom digests come
    sender: str = "Harborwatch <harborwatch@localhost.localdomain>"
    #: smtp://host:25, smtps://user@host:465, smtp+starttls://user@host:587
    server: str = ""
    #: where the password is: the name of an environment variable
    password_env: str = "HARBORWATCH_SMTP_PASSWORD"  # noqa: S105 - a name, not a password
    #: or a file beside harborwatch.toml
    password_file: str = ""
    #: a certificate to trust beside the system's
    ca_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveConfig:
    """Where the archive is."""

    #: a database address without password; "" means archive.db in the home folder
    address: str = ""
    #: where the password is, if the server asks for one: the name of an
    #: environment variable
    password_env: str = "HARBORWATCH_ARCHIVE_PASSWORD"  # noqa: S105 - a name, not a password
    #: or a file beside harborwatch.toml
    password_file: str = ""
    #: how long the bytes of pages stay: "90 days"; at least 7 days
    keep_pages: str = "forever"
    #: how long the texts of stories stay: "2 years"; at least 366 days
    keep_stories: str = "forever"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatConfig:
    """Where the Apprise address of a chat is: it is a secret as a whole."""

    #: the name of an environment variable; "" means HARBORWATCH_CHAT_ and the chat's name
    address_env: str = ""
    #: or a file beside harborwatch.toml
    address_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """A mail server's address, taken apart."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str
    password: str = field(repr=False)


def archive_address(file: TomlFile, archive: ArchiveConfig) -> str:
    """Return the archive's address with the password that stands elsewhere. Raises FileError."""
    if addresses.holds_password(archive.address):
        raise _no_place(file, ("archive", "address"), archive)
    if not archive.address or archive.address.startswith("sqlite:"):
        if archive.password_file:
            what = "password_file is for a server, and this archive is a file"
            raise file.error(("archive", "password_file"), what, "take it away")
        return archive.address
    password = _secret(file, "archive", archive)
    if not password:
        return archive.address  # many servers ask for none, or PGPASSFILE knows it
    try:
        return addresses.with_password(archive.address, password)
    except ArchiveError as error:
        raise file.error(("archive", "address"), str(error)) from error


def mail_server(file: TomlFile, mail: MailConfig) -> SmtpServer:
    """Return the mail server that a configuration names. Raises FileError."""
    kinds: dict[str, tuple[Literal["none", "starttls", "tls"], int]] = {
        "smtp": ("none", 25),
        "smtp+starttls": ("starttls", 587),
        "smtps": ("tls", 465),
    }
    key = ("mail", "server")
    if addresses.holds_password(mail.server):
        raise _no_place(file, key, mail)
    try:
        parts = urlsplit(mail.server)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme not in kinds or not host:
        hint = "write smtp+starttls://user@host:587, smtps://user@host:465 or smtp://host:25"
        raise file.error(key, f'"{mail.server}" is no mail server', hint)
    security, usual = kinds[parts.scheme]
    password = _secret(file, "mail", mail)
    if password is None and parts.username:
        hint = f"set the environment variable {mail.password_env}, or name a password_file"
        raise file.error(key, "the mail server's password is missing", hint)
    return SmtpServer(
        host=host,
        port=port or usual,
        security=security,
        user=unquote(parts.username or ""),
        password=password if password and parts.username else "",
    )


def chat_addresses(file: TomlFile, chats: Mapping[str, ChatConfig]) -> dict[str, str]:
    """Return the Apprise address of each chat. Raises FileError, which shows none of them."""
    return {name: _chat_address(file, name, chat) for name, chat in chats.items()}


def chat_variable(name: str, chat: ChatConfig) -> str:
    """Return the environment variable that holds a chat's address."""
    return chat.address_env or f"HARBORWATCH_CHAT_{name.upper().replace('-', '_')}"


def _chat_address(file: TomlFile, name: str, chat: ChatConfig) -> str:
    key = ("chat", name)
    if not _CHAT_NAME.fullmatch(name):
        raise file.error(key, "a chat's name has letters, digits and hyphens", "such as desk-1")
    for at in ("address_env", "address_file"):
        if ":/" in getattr(chat, at):
            what = "a chat's address is a secret and does not belong into this file"
            hint = "put it into an environment variable or a file, and write their name here"
            raise file.error((*key, at), what, hint)
    if chat.address_file:
        return _read_secret(file, (*key, "address_file"), chat.address_file)
    variable = chat_variable(name, chat)
    address = os.environ.get(variable, "").strip()
    if not address:
        hint = f"set the environment variable {variable}, or name an address_file"
        raise file.error(key, "the chat's address is missing", hint)
    return address


def _no_place(
    file: TomlFile, key: tuple[str | int, ...], table: MailConfig | ArchiveConfig
) -> FileError:
    hint = f"put it into the environment variable {table.password_env}, or name a password_file"
    return file.error(key, "a password does not belong into this file", hint)


def _secret(file: TomlFile, name: str, table: MailConfig | ArchiveConfig) -> str | None:
    """Return the password that a table's file or environment variable holds; None: neither."""
    if not table.password_file:
        return os.environ.get(table.password_env)
    return _read_secret(file, (name, "password_file"), table.password_file)


def _read_secret(file: TomlFile, key: tuple[str | int, ...], name: str) -> str:
    path = file.path.parent / name
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise file.error(key, f"cannot be read: {error}") from error
