"""The reference says what the code has, no more and no less."""

import re
import shlex
from pathlib import Path

import click
import made_pages
import pytest
from docs_blocks import DOCS, ROOT, typed

from harborwatch.commands import main
from harborwatch.commands.subcommands import Group

PACKAGES = ("news", "query", "archive", "pipelines", "crawler", "alerts", "harborwatch")
#: settings of Scrapy's, which the configuration fills
SCRAPYS = {"PACE", "POLLS_PER_DAY", "SHORTEST_POLL", "LONGEST_POLL", "ALLOW_PRIVATE", "CONTACT"}


@pytest.mark.parametrize("name", made_pages.PAGES)
def test_the_reference_is_made_from_the_code(name: str) -> None:
    """Every command, option and setting stands in the reference, and none that is gone."""
    assert (DOCS / name).read_text("utf-8") == made_pages.page(name), (
        'run "make docs" and commit it'
    )


def test_every_variable_of_the_environment_is_documented() -> None:
    """docs/settings.md names the environment variables that the code asks for, and no others."""
    code = "".join(
        path.read_text("utf-8") for name in PACKAGES for path in (ROOT / name).rglob("*.py")
    )
    asked = set(re.findall(r"HARBORWATCH_([A-Z_]*[A-Z])\b", code)) - SCRAPYS
    told = set(
        re.findall(r"HARBORWATCH_([A-Z_]*[A-Z])\b", (DOCS / "settings.md").read_text("utf-8"))
    )
    chats = {"CHAT_DESK", "CHAT_NAME"}
    assert asked - chats == {one for one in told if not one.startswith("CHAT")}
    assert "HARBORWATCH_CHAT_" in code


@pytest.mark.parametrize(("place", "call"), sorted(set(typed())))
def test_what_the_pages_say_to_type_can_be_typed(place: str, call: str) -> None:
    """Each call of harborwatch in README and docs names a command with options that it has."""
    words = shlex.split(re.split(r" [|>]|&&|;", call)[0], comments=True)
    try:
        take(main, click.Context(main), words)
    except click.UsageError as error:
        pytest.fail(f"{place}: harborwatch {call}: {error.format_message()}")


def take(command: click.Command, context: click.Context, words: list[str]) -> None:
    """Follow words from command to command. Raises click.UsageError at what none has."""
    if isinstance(command, Group) and (not words or words[0] not in command.commands):
        words = ["list", *words]
    _, rest, _ = command.make_parser(context).parse_args([one for one in words if one != "--help"])
    if not isinstance(command, click.Group):
        if rest:
            raise click.UsageError(f"nothing takes {' '.join(rest)}")
        return
    if not rest or rest == ["COMMAND"]:
        return
    below = command.get_command(context, rest[0])
    if below is None:
        raise click.UsageError(f"there is no {rest[0]}")
    take(below, click.Context(below, parent=context), rest[1:])


@pytest.mark.parametrize("call", ["serch x", "search --colour", "topics check", "backup a b"])
def test_a_call_that_cannot_be_typed_is_told(call: str) -> None:
    """The test of calls knows a wrong one from a right one."""
    wrong = call != "topics check"
    try:
        take(main, click.Context(main), shlex.split(call))
    except click.UsageError:
        assert wrong
    else:
        assert not wrong


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_links_of_the_readme_lead_somewhere(name: str) -> None:
    """What README and changelog link to is in the repository; the site's links `make docs` checks."""
    text = (ROOT / name).read_text("utf-8")
    links = re.findall(r"\]\((?!https?://)([^)#]+)", text)
    gone = [link for link in links if not (ROOT / Path(link)).exists()]
    assert links
    assert not gone
