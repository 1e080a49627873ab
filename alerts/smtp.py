"""Mail over SMTP, with STARTTLS or TLS and a password where they are asked for."""

import smtplib
import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from alerts.dkim_signing import Dkim
from alerts.envelope import mail_address
from news import ChannelError, Delivery

Security = Literal["none", "starttls", "tls"]

#: Answers that speak of us, not of this mail (RFC 4954): mending the
#: configuration mends them, so the digest must not be lost meanwhile.
_ABOUT_LOGIN = frozenset({530, 534, 535, 538})
#: The server's answer to a size announced with the sender (RFC 1870).
_TOO_LARGE = 552


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """Hands deliveries to a mail server, one connection each."""

    host: str
    port: int
    security: Security = "starttls"
    #: "" for a server that asks for no login
    user: str = ""
    password: str = field(default="", repr=False)
    #: "Name <a@b.example>" or the plain address
    sender: str
    #: seconds for each step of the talk
    timeout: float = 30.0
    #: seconds for the whole talk, far below a delivery's lease: a server that is
    #: slow at each step must not be asked by a second sender meanwhile
    whole: float = 150.0
    #: certificates to trust beside the system's, for a server of one's own
    ca_file: Path | None = None
    #: signs what leaves; None: nobody
    dkim: Dkim | None = None

    @property
    def name(self) -> str:
        """Return what targets call it."""
        return "mail"

    def send(self, delivery: Delivery) -> None:
        """Return when the server has taken the message.

        Raises ChannelError: permanent when the server refuses this mail or
        its address for good (5xx), not permanent for all that may pass or
        can be mended in the configuration: the login, the sender, the host.
        """
        try:
            self._hand_over(delivery)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            what = f"refused {delivery.target.address}: {_words(answer)}"
            raise self._refused(what, code, for_good=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            about_mail = isinstance(error, smtplib.SMTPDataError) or error.smtp_code == _TOO_LARGE
            for_good = about_mail and error.smtp_code >= 500
            what = f"said: {_words(error.smtp_error)}"
            raise self._refused(what, error.smtp_code, for_good=for_good) from error
        except UnicodeError as error:
            # Found by test: smtplib knows no other letters, and names the one that it met.
            what = "cannot be given a user or a password with letters outside of ASCII"
            raise self._trouble(what, "choose another password") from error
        except ssl.SSLError as error:
            hint = "check the security setting, the port and the certificate"
            raise self._trouble(f"no safe connection: {error}", hint) from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._trouble(str(error) or type(error).__name__, "it is tried again") from error

    def knock(self) -> None:
        """Connect and log in as for a message, but hand none over. Raises ChannelError."""
        try:
            server = self._connected()
            try:
                if self.user:
                    server.login(self.user, self.password)
                server.noop()
            except BaseException:
                server.close()
                raise
        except smtplib.SMTPResponseException as error:
            what = f"said: {_words(error.smtp_error)}"
            raise self._refused(what, error.smtp_code, for_good=False) from error
        except ssl.SSLError as error:
            hint = "check the security setting, the port and the certificate"
            raise self._trouble(f"no safe connection: {error}", hint) from error
        except (smtplib.SMTPException, OSError) as error:
            hint = "check the server's name and port, and the way to it"
            raise self._trouble(str(error) or type(error).__name__, hint) from error
        _leave(server)

    def _hand_over(self, delivery: Delivery) -> None:
        # Checked before the connection: a bad address is nobody's trouble but its own.
        to = mail_address(delivery.target.address).addr_spec
        origin = mail_address(self.sender).addr_spec
        message = delivery.message if self.dkim is None else self.dkim.signed(delivery.message)
        server = self._connected()
        try:
            if self.user:
                server.login(self.user, self.password)
            server.sendmail(origin, [to], message)
        except BaseException:
            server.close()
            raise
        _leave(server)

    def _connected(self) -> smtplib.SMTP:
        ends = time.monotonic() + self.whole
        if self.security == "tls":
            return _TimedTls(ends, self.host, self.port, self.timeout, self._trusted())
        server = _Timed(ends, self.host, self.port, self.timeout)
        if self.security == "starttls":
            try:
                # Raises where the server does not offer it: a password never goes in clear.
                server.starttls(context=self._trusted())
            except BaseException:
                server.close()
                raise
        return server

    def _trusted(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.ca_file is not None:
            context.load_verify_locations(cafile=self.ca_file)
        return context

    def _refused(self, what: str, code: int, *, for_good: bool) -> ChannelError:
        text = f"{self.host}:{self.port} {what} ({code})"
        if code in _ABOUT_LOGIN:
            return ChannelError(text, permanent=False, hint="check user and password")
        hint = "check the address" if for_good else "it is tried again"
        return ChannelError(text, permanent=for_good, hint=hint)

    def _trouble(self, what: str, hint: str) -> ChannelError:
        return ChannelError(f"{self.host}:{self.port}: {what}", permanent=False, hint=hint)


class _Timed(smtplib.SMTP):
    """A talk with an end."""

    def __init__(self, ends: float, host: str, port: int, timeout: float) -> None:
        self.ends = ends
        super().__init__(host, port, timeout=timeout)

    def getreply(self) -> tuple[int, bytes]:
        _hurry(self, self.ends)
        return super().getreply()


class _TimedTls(smtplib.SMTP_SSL):
    """The same over TLS from the start."""

    def __init__(
        self, ends: float, host: str, port: int, timeout: float, context: ssl.SSLContext
    ) -> None:
        self.ends = ends
        super().__init__(host, port, timeout=timeout, context=context)

    def getreply(self) -> tuple[int, bytes]:
        _hurry(self, self.ends)
        return super().getreply()


def _hurry(server: smtplib.SMTP, ends: float) -> None:
    """Leave the next step no more than what is left of the talk's time."""
    left = ends - time.monotonic()
    if left <= 0:
        server.close()
        raise smtplib.SMTPServerDisconnected("the talk took too long")
    if server.sock is not None:
        server.sock.settimeout(min(server.timeout, left))


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye. The message is taken: what goes wrong now must not send it again."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _words(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:300]
