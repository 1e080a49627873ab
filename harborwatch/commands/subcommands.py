"""Commands with commands of their own, of which one is meant where none is named."""

import click


class Group(click.Group):
    """A group whose command "list" is meant where none is named: `topics`, `topics bri`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put "list" before what is no command and no cry for help."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)
