"""Secrets never stand in the configuration: they come from the environment or from files."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from harborwatch.commands import main
from harborwatch.config import NAME, Config, load
from news import FileError

SERVER = "postgresql://ani@db.example/berita"


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HARBORWATCH_ARCHIVE_PASSWORD", "HARBORWATCH_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def loaded(home: Path, text: str) -> Config:
    (home / NAME).write_text(text, encoding="utf-8")
    return load(home)


@pytest.mark.parametrize(
    "written",
    [
        '[archive]\naddress = "postgresql://ani:geheim@db.example/berita"',
        '[archive]\naddress = "postgresql://ani@db.example/berita?password=geheim"',
        '[archive]\naddress = "postgresql://ani:geheim@db.example:port/berita"',
        '[archive]\naddress = "postgres//ani:geheim@db.example"',
        '[mail]\nserver = "smtps://ani:geheim@mail.example:465"',
        '[mail]\nserver = "smtp://ani:gehe/geheim@mail.example:25"',
        '[mail]\nserver = "snail://ani:geheim@mail.example"',
    ],
)
def test_a_password_in_the_file_is_refused(tmp_path: Path, written: str) -> None:
    """A password in an address is an error with its line and where else to put it, never shown."""
    with pytest.raises(FileError, match="a password does not belong into this file") as raised:
        loaded(tmp_path, f"# first line\n{written}\n")
    assert f"{NAME}:3" in str(raised.value)
    assert "_PASSWORD, or name a password_file" in str(raised.value)
    assert "geheim" not in str(raised.value)
    done = CliRunner().invoke(main, ["--home", str(tmp_path), "sources"])
    assert done.exit_code == 2
    assert "geheim" not in done.output


def test_the_archives_password_comes_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Environment or file give the password; it is in the address and never in print."""
    written = f'[archive]\naddress = "{SERVER}"\n'
    assert loaded(tmp_path, written).archive == SERVER
    monkeypatch.setenv("HARBORWATCH_ARCHIVE_PASSWORD", "ge:heim")
    config = loaded(tmp_path, written)
    assert config.archive == SERVER.replace("ani", "ani:ge%3Aheim")
    assert "heim" not in repr(config)
    monkeypatch.setenv("DB_SECRET", "anders")
    named = loaded(tmp_path, written + 'password_env = "DB_SECRET"\n')
    assert named.archive == SERVER.replace("ani", "ani:anders")
    (tmp_path / "secret").write_text("lain\n", encoding="utf-8")
    file = loaded(tmp_path, written + 'password_file = "secret"\n')
    assert file.archive == SERVER.replace("ani", "ani:lain")


def test_an_archive_in_a_file_has_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable that is set does not reach SQLite; a file that is named for it is an error."""
    monkeypatch.setenv("HARBORWATCH_ARCHIVE_PASSWORD", "geheim")
    assert loaded(tmp_path, "").archive == ""
    assert loaded(tmp_path, '[archive]\naddress = "sqlite:////a/b.db"').archive.endswith("/a/b.db")
    (tmp_path / "secret").write_text("lain", encoding="utf-8")
    with pytest.raises(FileError, match="this archive is a file"):
        loaded(tmp_path, '[archive]\npassword_file = "secret"')


@pytest.mark.parametrize("table", ["[archive]\naddress", "[mail]\nserver"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, table: str) -> None:
    """A password file that is missing or no text is an error with the line that names it."""
    address = SERVER if "archive" in table else "smtp://ani@mail.example:25"
    for name, content in (("nowhere", None), ("binary", b"\xff\xfe\x00")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(FileError, match="cannot be read") as raised:
            loaded(tmp_path, f'{table} = "{address}"\npassword_file = "{name}"')
        assert f"{NAME}:3" in str(raised.value)


@pytest.mark.parametrize("server", ["smtp://mail.example:port", "smtp://[mail.example", "mail"])
def test_what_is_no_mail_server_is_said(tmp_path: Path, server: str) -> None:
    """An address that cannot be taken apart is an error with its line."""
    with pytest.raises(FileError, match="is no mail server") as raised:
        loaded(tmp_path, f'[mail]\nserver = "{server}"')
    assert f"{NAME}:2" in str(raised.value)


def test_the_mail_servers_password_comes_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is named needs a password, from environment or file; it is never in print."""
    written = '[mail]\nserver = "smtps://ani@mail.example"\n'
    with pytest.raises(FileError, match="password is missing"):
        loaded(tmp_path, written)
    monkeypatch.setenv("HARBORWATCH_SMTP_PASSWORD", "geheim")
    config = loaded(tmp_path, written)
    assert config.smtp is not None
    assert (config.smtp.user, config.smtp.password, config.smtp.port) == ("ani", "geheim", 465)
    assert "geheim" not in repr(config)
    nobody = loaded(tmp_path, '[mail]\nserver = "smtp://mail.example"\n')
    assert nobody.smtp is not None
    assert (nobody.smtp.user, nobody.smtp.password) == ("", "")
