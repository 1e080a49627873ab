"""Mails signed as their sender's domain (DKIM, RFC 6376), and the record that lets others check it.

Signed at hand-over: what the archive keeps stays as it was composed, and each
try has the same Message-ID. RSA with SHA-256, the one that every verifier
knows; the package dkimpy does the work.
"""

import base64
import re
from dataclasses import dataclass, field
from typing import Any

from news import ChannelError

#: bits under which verifiers take no key (RFC 8301, 3.2)
LEAST_BITS = 1024
#: characters of one string of a TXT record (RFC 1035, 3.3)
_STRING = 255
#: rsaEncryption with its empty parameters (RFC 3279, 2.3.1)
_RSA = bytes.fromhex("300d06092a864886f70d0101010500")
#: beside those that dkimpy signs: one-click unsubscribing asks for it (RFC 8058, 4)
_OURS = {b"list-unsubscribe-post", b"auto-submitted", b"content-language"}
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dkim:
    """Signs mails for a domain."""

    domain: str
    #: which of the domain's keys: "harborwatch"
    selector: str
    #: PEM, PKCS#1 or PKCS#8
    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Raise ValueError for what no mail can be signed with; it never shows the key."""
        for what, name in (("dkim_selector", self.selector), ("dkim_domain", self.domain)):
            if not _NAME.fullmatch(name):
                raise ValueError(f'{what} "{name}" is no name of the DNS')
        bits = int(_parsed(self.key)["modulus"]).bit_length()
        if bits < LEAST_BITS:
            raise ValueError(f"the key has {bits} bits, and verifiers want 2048")

    @property
    def record_name(self) -> str:
        """Return where the record stands in the DNS."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def record(self) -> str:
        """Return the TXT record's text, to be published as it is."""
        key = _parsed(self.key)
        return f"v=DKIM1; k=rsa; p={_public(int(key['modulus']), int(key['publicExponent']))}"

    @property
    def record_strings(self) -> str:
        """Return the text as a zone file writes it: in strings of 255 characters at most."""
        text = self.record
        parts = (text[at : at + _STRING] for at in range(0, len(text), _STRING))
        return " ".join(f'"{part}"' for part in parts)

    def signed(self, message: bytes) -> bytes:
        """Return the message with a signature before it. Raises ChannelError."""
        # Not above: it loads a resolver, 0.25 s that only who signs should spend.
        import dkim

        try:
            signer = dkim.DKIM(message, linesep=b"\r\n")
            signer.should_sign |= _OURS
            header: bytes = signer.sign(
                self.selector.encode(),
                self.domain.encode(),
                self.key,
                canonicalize=(b"relaxed", b"relaxed"),
            )
        except dkim.DKIMException as error:
            what = f"the mail could not be signed: {error}"
            hint = "harborwatch doctor looks at the key"
            raise ChannelError(what, permanent=False, hint=hint) from error
        return header + message


def _parsed(key: bytes) -> dict[str, Any]:
    """Return the numbers of a private key. Raises ValueError, which shows nothing of it."""
    from dkim.crypto import UnparsableKeyError, parse_pem_private_key

    try:
        parsed: dict[str, Any] = parse_pem_private_key(key)
    except (UnparsableKeyError, ValueError, AssertionError):
        raise ValueError("this is no private RSA key in PEM without a passphrase") from None
    return parsed


def _public(modulus: int, exponent: int) -> str:
    """Return the public key as a record has it: SubjectPublicKeyInfo in base64."""
    # dkimpy's own writer of DER fails on lengths over 126.
    key = _der(0x30, _integer(modulus) + _integer(exponent))
    return base64.b64encode(_der(0x30, _RSA + _der(0x03, b"\0" + key))).decode()


def _integer(number: int) -> bytes:
    return _der(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _der(tag: int, data: bytes) -> bytes:
    """Return data with its tag and length (X.690, 8.1.3)."""
    length = len(data)
    if length < 0x80:
        return bytes((tag, length)) + data
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + data
