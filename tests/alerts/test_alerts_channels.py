"""A delivery arrives whole, or the error says whether to try again."""

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from alerts.channels import Channel
from alerts.mailbox import MailboxFolder, file_name
from alerts.smtp import Smtp
from news import ChannelError, Delivery, Target

# aiosmtpd calls what Python 3.11 already calls old.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")

PASSWORD = "harbour lights 35"


def delivery(message_id: str = "<1@harborwatch.example>", to: str = "desk@reader.example"):
    return Delivery(
        id=1,
        digest=1,
        target=Target(channel="mail", address=to),
        message_id=message_id,
        message=f"Message-ID: {message_id}\r\nSubject: x\r\n\r\n.one\r\n信息港\r\n".encode(),
        attempts=0,
    )


class Desk:
    """A mail server's desk: keeps what it takes, and answers as it was told."""

    def __init__(self, rcpt: str = "250 OK", data: str = "250 OK", mail: str = "250 OK") -> None:
        self.rcpt, self.data, self.mail = rcpt, data, mail
        self.taken: list[Envelope] = []

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        if self.data.startswith("2"):
            self.taken.append(envelope)
        return self.data


@contextmanager
def serving(desk: Desk, **settings: object) -> Iterator[int]:
    """Run a real SMTP server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(desk, hostname="127.0.0.1", port=port, **settings)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def talking(*answers: bytes) -> Iterator[int]:
    """Serve one connection that says each answer in turn, then hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            for answer in answers:
                connection.sendall(answer)
                if answer.startswith(b"354"):
                    while (line := lines.readline()) and line != b".\r\n":
                        pass
                elif not lines.readline():
                    break

    thread = threading.Thread(target=talk)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        thread.join()
        listener.close()


def smtp(port: int, **settings: object) -> Smtp:
    given = {
        "security": "none",
        "sender": "Harborwatch <digest@harborwatch.example>",
        "timeout": 5,
    }
    return Smtp(host="127.0.0.1", port=port, **{**given, **settings})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate for 127.0.0.1 that is its own authority."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return pem, secret


@pytest.fixture
def tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def login(server, session, envelope, mechanism, data) -> AuthResult:
    right = (data.login, data.password) == (b"desk", PASSWORD.encode())
    return AuthResult(success=right, handled=right)


def test_channels_have_one_shape(tmp_path: Path) -> None:
    """Every channel has a name and sends."""
    channels: list[Channel] = [MailboxFolder(tmp_path), smtp(25)]
    assert [channel.name for channel in channels] == ["mailbox", "mail"]


def test_mail_arrives_as_it_is() -> None:
    """The server gets exactly the message's bytes, from the sender and to the target."""
    desk = Desk()
    with serving(desk) as port:
        smtp(port).send(delivery())
    (taken,) = desk.taken
    assert taken.content == delivery().message
    assert (taken.mail_from, taken.rcpt_tos) == (
        "digest@harborwatch.example",
        ["desk@reader.example"],
    )


def test_starttls_and_login(certificate, tls) -> None:
    """With STARTTLS the login and the mail go over a trusted connection."""
    desk = Desk()
    with serving(
        desk, tls_context=tls, require_starttls=True, authenticator=login, auth_required=True
    ) as port:
        safe = smtp(port, security="starttls", ca_file=certificate[0])
        with pytest.raises(ChannelError) as caught:
            Smtp(**{**_fields(safe), "user": "desk", "password": "wrong 1"}).send(delivery())
        Smtp(**{**_fields(safe), "user": "desk", "password": PASSWORD}).send(delivery())
    assert len(desk.taken) == 1
    assert not caught.value.permanent
    assert "password" in caught.value.hint
    assert "wrong 1" not in str(caught.value)


def _fields(channel: Smtp) -> dict[str, object]:
    return {name: getattr(channel, name) for name in Smtp.__slots__}


def test_tls(certificate, tls) -> None:
    """With TLS from the start the mail arrives."""
    desk = Desk()
    with serving(desk, ssl_context=_with_client(tls, certificate)) as port:
        smtp(port, security="tls", ca_file=certificate[0]).send(delivery())
    assert len(desk.taken) == 1


def _with_client(tls: ssl.SSLContext, certificate: tuple[Path, Path]) -> ssl.SSLContext:
    # aiosmtpd's controller knocks at its own port with the server's context.
    tls.load_verify_locations(certificate[0])
    return tls


def test_a_strange_certificate_is_refused(tls) -> None:
    """A certificate that nobody vouches for stops the mail, with a hint, not for good."""
    desk = Desk()
    with serving(desk, tls_context=tls) as port, pytest.raises(ChannelError) as caught:
        smtp(port, security="starttls", user="desk", password=PASSWORD).send(delivery())
    assert desk.taken == []
    assert not caught.value.permanent
    assert "certificate" in caught.value.hint


def test_no_password_without_the_starttls_asked_for() -> None:
    """Where the server offers no STARTTLS, nothing is said in clear."""
    desk = Desk()
    with serving(desk) as port, pytest.raises(ChannelError) as caught:
        smtp(port, security="starttls", user="desk", password=PASSWORD).send(delivery())
    assert desk.taken == []
    assert not caught.value.permanent


@pytest.mark.parametrize(
    ("answers", "permanent"),
    [
        ({"rcpt": "550 5.1.1 no such user"}, True),
        ({"rcpt": "451 4.7.1 greylisted"}, False),
        ({"rcpt": "530 login first"}, False),
        ({"data": "554 5.7.1 not wanted"}, True),
        ({"data": "452 4.3.1 disk full"}, False),
        ({"mail": "550 sender not known"}, False),
        ({"mail": "552 too large"}, True),
        ({"mail": "421 busy"}, False),
    ],
)
def test_answers_of_the_server(answers: dict[str, str], permanent: bool) -> None:
    """5xx to this mail or its address is for good; all else is tried again."""
    desk = Desk(**answers)
    with serving(desk) as port, pytest.raises(ChannelError) as caught:
        smtp(port, password=PASSWORD).send(delivery())
    assert caught.value.permanent is permanent
    assert str(port) in str(caught.value)
    assert caught.value.hint


TAKEN = (b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n")


@pytest.mark.parametrize(
    "answers",
    [(), (b"554 closed today\r\n",), (b"nonsense\r\n",), TAKEN[:2], TAKEN],
    ids=["hangs-up", "says-554", "no-smtp", "cut-after-hello", "cut-after-data"],
)
def test_trouble_with_the_connection_passes(answers: tuple[bytes, ...]) -> None:
    """A connection that ends before the mail is taken is tried again."""
    with talking(*answers) as port, pytest.raises(ChannelError) as caught:
        smtp(port).send(delivery())
    assert not caught.value.permanent


@pytest.mark.parametrize("end", [(), (b"500 what\r\n",)], ids=["hangs-up", "says-500"])
def test_a_taken_mail_is_never_sent_again(end: tuple[bytes, ...]) -> None:
    """What goes wrong after the server took the mail is no error."""
    with talking(*TAKEN, b"250 taken\r\n", *end) as port:
        smtp(port).send(delivery())


def test_nobody_there_and_nobody_speaking() -> None:
    """A closed port and a silent server are temporary."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(ChannelError) as caught:
            smtp(port, timeout=0.2).send(delivery())
        assert not caught.value.permanent
    with pytest.raises(ChannelError) as caught:
        smtp(port).send(delivery())
    assert not caught.value.permanent


@pytest.mark.parametrize("to", ["nobody", "a@b.example\r\nRCPT TO:<c@d.example>", "ü@b.example"])
def test_addresses_that_no_mail_can_go_to(to: str) -> None:
    """A bad address is refused for good before anything is sent."""
    with pytest.raises(ChannelError) as caught:
        smtp(1).send(delivery(to=to))
    assert caught.value.permanent


def test_the_password_is_never_shown() -> None:
    """Printing the channel does not print its password."""
    assert PASSWORD not in repr(smtp(25, user="desk", password=PASSWORD))


async def test_sending_from_a_thread() -> None:
    """A channel may be used from any thread, several at once."""
    desk = Desk()
    with serving(desk) as port:
        channel = smtp(port)
        await asyncio.gather(*(asyncio.to_thread(channel.send, delivery()) for _ in range(4)))
    assert len(desk.taken) == 4


def test_mailbox_keeps_one_file_per_message(tmp_path: Path) -> None:
    """The same Message-ID twice leaves one file with the message's bytes, and no traces."""
    folder = tmp_path / "mail" / "box"
    for _ in range(2):
        MailboxFolder(folder).send(delivery())
    (file,) = folder.iterdir()
    assert file.name == "1@harborwatch.example.eml"
    assert file.read_bytes() == delivery().message


@pytest.mark.parametrize(
    "message_id", ["<../../x@y>", "<a/b@c>", "</etc/passwd>", "<.>", "<\0@\n>", ""]
)
def test_mailbox_stays_in_its_folder(tmp_path: Path, message_id: str) -> None:
    """No Message-ID leads out of the folder or hides its file."""
    folder = tmp_path / "box"
    MailboxFolder(folder).send(delivery(message_id))
    assert [path.parent for path in tmp_path.rglob("*.eml")] == [folder]
    assert not next(folder.iterdir()).name.startswith(".")


def test_file_names_stay_apart() -> None:
    """Ids that differ only in unsafe signs, or far behind, keep files of their own."""
    ids = ["<a/b@c>", "<a_b@c>", "<a:b@c>", f"<{'x' * 300}1@c>", f"<{'x' * 300}2@c>"]
    assert len({file_name(one) for one in ids}) == len(ids)
    assert max(map(len, map(file_name, ids))) < 200


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """An unwritable mailbox is temporary trouble that names the folder."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ChannelError, match="mailbox folder") as caught:
        MailboxFolder(tmp_path / "file").send(delivery())
    assert not caught.value.permanent
