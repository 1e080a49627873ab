"""The reference of commands, made from the commands themselves."""

import inspect
import re
from collections.abc import Iterator

import click

from harborwatch.commands import COMMANDS, main
from harborwatch.commands.homes import home_option

#: what --home says on nearly every command: told once, at the head of the page
HOME_HELP = (
    home_option(click.Command("any"))
    .params[0]
    .get_help_record(click.Context(click.Command("any")))
)


def reference() -> str:
    """Return the reference in Markdown: all commands in one table, then each by itself."""
    parts = ["## At a glance", _glance(), "## Options before any command", _options(main, _top())]
    parts += [_section(command, context) for command, context in commands()]
    return "\n\n".join(part for part in parts if part) + "\n"


def commands() -> Iterator[tuple[click.Command, click.Context]]:
    """Yield every command with its context, those of a group behind it."""
    for name in COMMANDS:
        command = main.get_command(_top(), name)
        assert command is not None, name
        yield from _below(command, click.Context(command, parent=_top(), info_name=name))


def words(text: str) -> str:
    """Return a text so that no sign in it makes Markdown, but for `code`."""
    pieces = re.split(r"(`[^`]*`)", text)
    pieces[::2] = [re.sub(r"([*_<>\[\]])", r"\\\1", one) for one in pieces[::2]]
    return "".join(pieces).replace("|", r"\|")


def _top() -> click.Context:
    return click.Context(main, info_name="harborwatch")


def _below(
    command: click.Command, context: click.Context
) -> Iterator[tuple[click.Command, click.Context]]:
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            one = command.get_command(context, name)
            assert one is not None, name
            yield from _below(one, click.Context(one, parent=context, info_name=name))


def _glance() -> str:
    rows = [
        f"| [`{name}`](#harborwatch-{name}) | {words(does)} |" for name, does in COMMANDS.items()
    ]
    return "\n".join(["| command | does |", "|---|---|", *rows])


def _section(command: click.Command, context: click.Context) -> str:
    depth = "#" * len(context.command_path.split())
    usage = " ".join(command.collect_usage_pieces(context))
    told = [words(" ".join(one.split())) for one in _paragraphs(command.help or "")]
    line = f"```text\n{context.command_path} {usage}\n```"
    return "\n\n".join(
        part
        for part in [f"{depth} {context.command_path}", *told, line, _options(command, context)]
        if part
    )


def _paragraphs(text: str) -> list[str]:
    # What stands behind a form feed, click leaves out.
    shown = inspect.cleandoc(text).partition("\f")[0].replace("\b", "")
    return [one for one in shown.split("\n\n") if one.strip()]


def _options(command: click.Command, context: click.Context) -> str:
    records = [
        record
        for one in command.get_params(context)
        if isinstance(one, click.Option) and "--help" not in one.opts
        if (record := one.get_help_record(context)) is not None and record != HOME_HELP
    ]
    if not records:
        return ""
    rows = [f"| `{option.replace('|', ' or ')}` | {words(means)} |" for option, means in records]
    return "\n".join(["| option | means |", "|---|---|", *rows])
