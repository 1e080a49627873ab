"""Signing mails, from the configuration to the channel and the doctor."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from alerts.smtp import Smtp
from harborwatch.config import NAME, Config, load
from harborwatch.doctor import mail
from harborwatch.wiring import channels
from news import FileError

MAIL = '[mail]\nsender = "H <h@news.harbor.example>"\nserver = "smtp://127.0.0.1:1"\n'
BOTH = 'dkim_selector = "desk"\ndkim_key_file = "dkim.pem"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    key = tmp_path / "dkim.pem"
    key.write_bytes(pem)
    key.chmod(0o600)
    return tmp_path


def loaded(home: Path, written: str) -> Config:
    (home / NAME).write_text(MAIL + written, "utf-8")
    return load(home)


def test_the_channel_signs_as_the_configuration_says(home: Path) -> None:
    """The domain is the sender's unless another is named; nothing set signs nothing."""
    channel = channels(home, loaded(home, BOTH))["mail"]
    assert isinstance(channel, Smtp)
    assert channel.dkim is not None
    assert channel.dkim.record_name == "desk._domainkey.news.harbor.example"
    other = loaded(home, BOTH + 'dkim_domain = "harbor.example"\n').dkim
    assert other is not None
    assert other.record_name == "desk._domainkey.harbor.example"
    assert loaded(home, "").dkim is None
    assert "PRIVATE" not in repr(loaded(home, BOTH))


@pytest.mark.parametrize(
    ("written", "line", "says"),
    [
        ('dkim_selector = "desk"\n', 4, "dkim_key_file is missing"),
        ('dkim_key_file = "dkim.pem"\n', 4, "dkim_selector is missing"),
        ('dkim_domain = "harbor.example"\n', 4, "signs nothing by itself"),
        ('dkim_selector = "desk"\ndkim_key_file = "no.pem"\n', 5, "No such file"),
        (f'dkim_selector = "desk"\ndkim_key_file = "{NAME}"\n', 5, "no private RSA key"),
        (BOTH.replace("desk", "de sk"), 4, "is no name of the DNS"),
        (BOTH + 'dkim_domain = "har bor"\n', 6, "is no name of the DNS"),
    ],
)
def test_mistakes_are_told_with_their_line(home: Path, written: str, line: int, says: str) -> None:
    """What is missing, cannot be read or is no key names the file, the line and what to do."""
    with pytest.raises(FileError, match=says) as caught:
        loaded(home, written)
    assert caught.value.line == line
    assert caught.value.hint


def test_the_doctor_says_what_to_publish(home: Path) -> None:
    """The record is printed; a foreign domain or a key for all to read is odd."""
    config = loaded(home, BOTH)
    assert config.dkim is not None
    first, *_ = mail.findings(home)
    assert (first.about, first.state) == ("mail", "well")
    assert f"{config.dkim.record_name} IN TXT {config.dkim.record_strings}" in first.text
    loaded(home, BOTH + 'dkim_domain = "harbor.example"\n')
    assert next(mail.findings(home)).state == "well", "a domain above is aligned"
    loaded(home, BOTH + 'dkim_domain = "elsewhere.example"\n')
    (home / "dkim.pem").chmod(0o644)
    first, second, *_ = mail.findings(home)
    assert (first.state, second.state) == ("odd", "odd")
    assert "news.harbor.example" in first.step
    assert second.step == f"chmod 600 {home / 'dkim.pem'}"
