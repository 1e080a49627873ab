"""What the documentation shows can be used as it stands there."""

import re
import tomllib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from docs_blocks import DOCS, ROOT, blocks

from crawler.catalogue import load_file
from harborwatch.config import NAME, load
from query import Topics, parse
from query.topic_files import expand

TOPICS = Topics.shipped()


def shown_in_tables() -> list[str]:
    """Return the code spans of the first column of the table of queries."""
    page = (DOCS / "queries.md").read_text("utf-8")
    table = page[page.index("| you write |") : page.index("## In six scripts")]
    rows = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    return [query for row in rows for query in re.findall(r"`([^`]+)`", row)]


def shown_in_blocks() -> list[str]:
    """Return each line of the blocks of queries."""
    return [line for _, block in blocks("query") for line in block.splitlines() if line]


@pytest.mark.parametrize("query", [*shown_in_tables(), *shown_in_blocks()])
def test_a_query_that_is_shown_is_one(query: str) -> None:
    """Every example of a query parses, and its topics are there."""
    expand(parse(query), TOPICS)


def test_queries_are_shown_in_six_scripts() -> None:
    """The examples hold letters of Latin, Chinese, Thai, Lao, Khmer and Burmese."""
    text = "".join(shown_in_blocks())
    for first, last in ["az", "一龥", "กฮ", "ກຮ", "កហ", "ကအ"]:
        assert re.search(f"[{first}-{last}]", text), (
            f"no example has a letter of {first} to {last}"
        )


@pytest.mark.parametrize(("place", "block"), blocks("toml"))
def test_a_file_that_is_shown_can_be_used(
    place: str, block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every TOML example is an outlet, a topic or a configuration that is taken as it stands."""
    data = tomllib.loads(block)
    if "home" in data:
        path = tmp_path / "strand.toml"
        path.write_text(block, "utf-8")
        assert load_file(path).sources, place
    elif "tier" in data:
        path = tmp_path / f"{data['id']}.toml"
        path.write_text(block, "utf-8")
        assert data["id"] in Topics.load(ROOT / "query" / "topics", path), place
    else:
        configured(block, data, tmp_path, monkeypatch)


def configured(
    block: str, data: dict[str, object], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Load a configuration beside the secrets, server and chats that it takes for granted."""
    monkeypatch.setenv("HARBORWATCH_SMTP_PASSWORD", "rahasia")
    for name in ("HARBORWATCH_CHAT_DESK", "BOARD_ADDRESS"):
        monkeypatch.setenv(name, "json://127.0.0.1/hook")
    for name in ("hook.secret", "web.password", "web.reader"):
        (home / name).write_text("json://127.0.0.1/hook", "utf-8")
    secret = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    forms = serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    (home / "dkim.pem").write_bytes(secret.private_bytes(serialization.Encoding.PEM, *forms))
    beside = "" if "mail" in data else '\n[mail]\nserver = "smtp://127.0.0.1:25"\n'
    beside += "" if "chat" in data else "\n[chat.desk]\n"
    (home / NAME).write_text(block + beside, "utf-8")
    config = load(home)
    for subscriber in config.subscribers:
        for watch in subscriber.watches:
            expand(parse(watch.query), TOPICS)


def test_code_that_is_shown_stands_in_the_code() -> None:
    """Python that a page shows is found in a file of ours, word by word."""
    files = [
        path.read_text("utf-8") for path in (ROOT / "alerts" / "chat" / "services").glob("*.py")
    ]
    for place, block in blocks("python"):
        assert any(block in text for text in files), place
