"""The key that mails are signed with, as the configuration names it."""

from alerts.dkim_signing import Dkim
from alerts.envelope import mail_address
from harborwatch.servers import MailConfig
from news import ChannelError
from news.toml_files import TomlFile


def dkim_of(file: TomlFile, mail: MailConfig) -> Dkim | None:
    """Return what signs the mails; None where nothing is set. Raises FileError."""
    if not (mail.dkim_selector or mail.dkim_key_file):
        if mail.dkim_domain:
            what = "dkim_domain signs nothing by itself"
            raise file.error(("mail", "dkim_domain"), what, _BOTH)
        return None
    if not mail.dkim_key_file:
        raise file.error(("mail", "dkim_selector"), "dkim_key_file is missing", _BOTH)
    if not mail.dkim_selector:
        raise file.error(("mail", "dkim_key_file"), "dkim_selector is missing", _BOTH)
    path = file.path.parent / mail.dkim_key_file
    try:
        key = path.read_bytes()
    except OSError as error:
        what = f"{path} cannot be read: {error.strerror}"
        raise file.error(("mail", "dkim_key_file"), what, _MAKE) from error
    domain = mail.dkim_domain or _senders(file, mail)
    try:
        return Dkim(domain=domain, selector=mail.dkim_selector, key=key)
    except ValueError as error:
        which = next((name for name in _NAMES if str(error).startswith(name)), "dkim_key_file")
        hint = _MAKE if which == "dkim_key_file" else "letters, digits, hyphens and dots"
        raise file.error(("mail", which), str(error), hint) from error


_NAMES = ("dkim_selector", "dkim_domain")
_BOTH = "set dkim_selector and dkim_key_file, or neither"
_MAKE = "openssl genrsa -out dkim.pem 2048 makes one"


def _senders(file: TomlFile, mail: MailConfig) -> str:
    try:
        return mail_address(mail.sender).domain
    except ChannelError as error:
        raise file.error(("mail", "sender"), error.what, error.hint) from error
