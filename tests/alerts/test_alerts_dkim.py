"""Signed mails: every verifier that knows the record takes them; what is kept is unsigned."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from test_alerts_channels import Desk, serving, smtp
from test_alerts_smtp_steps import NOON, put

from alerts.delivering import deliver_due
from alerts.dkim_signing import Dkim, _der, _integer
from archive import Archive, open_archive, tables
from news import PlayedClock

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")

SECRET = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FORMATS = (serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL)
DER, SPKI = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo


def pem(
    secret: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, form: serialization.PrivateFormat
) -> bytes:
    return secret.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


SIGNER = Dkim(domain="harborwatch.example", selector="desk", key=pem(SECRET, FORMATS[0]))


def verified(message: bytes, signer: Dkim = SIGNER) -> bool:
    """Ask dkimpy's verifier, which looks the record up where it is said to stand."""
    records = {f"{signer.record_name}.": signer.record.encode()}
    return bool(dkim.verify(message, dnsfunc=lambda name, timeout=5: records.get(name.decode())))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(f"sqlite:///{tmp_path / 'archive.db'}")
    yield opened
    opened.close()


def test_a_digest_arrives_signed_and_is_kept_as_composed(archive: Archive) -> None:
    """Tried twice it has one Message-ID; the signature verifies; the outbox has none."""
    clock = PlayedClock(NOON)
    wanted = put(archive, 1, NOON)
    desk = Desk(data="451 4.3.0 later")
    with serving(desk) as port:
        channel = smtp(port, dkim=SIGNER)
        assert deliver_due(archive, {"mail": channel}, clock).failed == 1
        desk.data = "250 OK"
        clock.advance(NOON + timedelta(hours=1))
        assert deliver_due(archive, {"mail": channel}, clock).sent == 1
    (taken,) = desk.taken
    arrived = taken.original_content or b""
    assert verified(arrived)
    assert message_from_bytes(arrived)["Message-ID"] == wanted
    with archive.read() as db:
        kept = db.scalars(select(tables.deliveries.c.message)).one()
    assert b"DKIM-Signature" not in kept
    assert arrived.endswith(kept)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\r\nSubject: ", b"\r\nSubject: [spam] "),
        (b"\r\nFrom: ", b"\r\nFrom: x@y.example\r\nFrom: "),
        (b"List-Unsubscribe: <mailto:", b"List-Unsubscribe: <https://x.example>, <mailto:"),
        (b"\r\nList-Id: ", b"\r\nX-List-Id: "),
        (b"\r\n--", b"\r\nmore\r\n--"),
    ],
)
def test_what_is_changed_on_the_way_is_seen(archive: Archive, old: bytes, new: bytes) -> None:
    """Headers that a reader goes by, and the body, are under the signature."""
    put(archive, 1, NOON)
    with archive.read() as db:
        signed = SIGNER.signed(db.scalars(select(tables.deliveries.c.message)).one())
    assert verified(signed)
    assert old in signed
    assert not verified(signed.replace(old, new, 1))


def test_unsubscribing_by_one_click_is_signed() -> None:
    """RFC 8058 wants both of its headers under the signature."""
    mail = (
        b"From: a@harborwatch.example\r\nList-Unsubscribe: <https://x.example/1>\r\n"
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nx\r\n"
    )
    signed = SIGNER.signed(mail)
    assert verified(signed)
    assert not verified(signed.replace(b"=One-Click", b"=Two-Clicks", 1))


@pytest.mark.parametrize("form", FORMATS)
def test_the_record_holds_the_public_key(form: serialization.PrivateFormat) -> None:
    """What another library says is the public key stands in the record, whole in its strings."""
    signer = Dkim(domain="h.example", selector="s", key=pem(SECRET, form))
    public = base64.b64encode(SECRET.public_key().public_bytes(DER, SPKI)).decode()
    assert signer.record == f"v=DKIM1; k=rsa; p={public}"
    assert signer.record_name == "s._domainkey.h.example"
    strings = signer.record_strings.split('"')[1::2]
    assert "".join(strings) == signer.record
    assert max(map(len, strings)) <= 255


@given(st.integers(1, 2**2050))
@settings(max_examples=50)
def test_numbers_are_written_as_der(number: int) -> None:
    """A number read back from its tag, length and bytes is the same, and not negative."""
    data = _der(0x04, _integer(number))
    assert data.startswith(b"\x04")
    at = 2 + (data[1] & 0x7F if data[1] & 0x80 else 0)
    inner = data[at:]
    begin = 2 + (inner[1] & 0x7F if inner[1] & 0x80 else 0)
    assert int.from_bytes(inner[begin:], "big", signed=True) == number


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"key": b"no key"}, "no private RSA key"),
        ({"key": b""}, "no private RSA key"),
        ({"key": pem(SECRET, FORMATS[0])[:300]}, "no private RSA key"),
        ({"key": pem(ec.generate_private_key(ec.SECP256R1()), FORMATS[0])}, "no private RSA key"),
        ({"selector": "a b"}, 'dkim_selector "a b"'),
        ({"domain": "-x.example"}, "dkim_domain"),
        ({"domain": "港.example"}, "dkim_domain"),
    ],
)
def test_what_cannot_sign_is_refused(given: dict[str, Any], says: str) -> None:
    """A wrong name or key is told at once, and the key is never shown."""
    fields: dict[str, Any] = {
        "domain": SIGNER.domain,
        "selector": SIGNER.selector,
        "key": SIGNER.key,
    }
    with pytest.raises(ValueError, match=says) as caught:
        Dkim(**{**fields, **given})
    assert "BEGIN" not in str(caught.value)
    assert "BEGIN" not in repr(SIGNER)
