"""Addresses of archives: no password is shown, whatever is written."""

import pytest

from archive import open_archive
from archive.addresses import holds_password, shown, with_password
from news import ArchiveError


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ani:geheim@host/berita",
        "postgresql+psycopg://ani:geheim@/berita?host=/run/postgresql",
        "postgresql://ani@host/berita?password=geheim",
        "postgresql://ani@host/berita?connect_timeout=3&SSLpassword=geheim&x=1",
        "postgresql://ani:ge?geheim/him@host:port/berita",
        "postgresql://ani:geh@geheim@host:port/berita",
        "oracle://ani:geheim@host/berita",
        "ani:geheim@host",
    ],
)
def test_a_password_is_never_shown(address: str) -> None:
    """An address is shown without its password, also where it is none; so are errors and causes."""
    assert holds_password(address)
    assert "geheim" not in shown(address)
    assert "host" in shown(address)
    if not address.startswith("postgresql") or ":port" in address:
        with pytest.raises(ArchiveError, match=r"\*\*\*") as raised:
            open_archive(address)
        error: BaseException | None = raised.value
        while error is not None:
            assert "geheim" not in str(error)
            error = error.__cause__ or error.__context__


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sqlite:////home/ani/archive.db",
        "sqlite:////home/a:b@c/archive.db",
        "postgresql://ani@host:5432/berita",
        "postgresql://ani@/berita?host=/run&passfile=/etc/pgpass",
        "postgresql:///berita",
    ],
)
def test_what_is_no_password_is_none(address: str) -> None:
    """A user, a port, a path and the name of a file with passwords are no password."""
    assert not holds_password(address)


@pytest.mark.parametrize("password", ["geheim", "a b@:/%?#&+", "密码", "'\"\\"])
def test_any_password_can_be_put_in(password: str) -> None:
    """Whatever signs a password has, it arrives, and the address is shown without it."""
    address = with_password("postgresql://ani@host/berita?application_name=a", password)
    assert holds_password(address)
    assert shown(address) == "postgresql://ani:***@host/berita?application_name=a"
    assert with_password(address, "x") == "postgresql://ani:x@host/berita?application_name=a"
