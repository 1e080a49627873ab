"""What the doctor finds: in order, odd or wrong, with the next step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from news import FileError, HarborwatchError

State = Literal["well", "odd", "wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the doctor looked at."""

    #: the side: "configuration", "archive", "clock", "disk", "mail", "sources" or "workers"
    about: str
    #: "odd" is worth a look; "wrong" keeps Harborwatch from its work, or will
    state: State
    text: str
    #: what to do; "" where nothing is to be done
    step: str = ""


def guarded(about: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield what a look finds; an error ends the look and is a finding itself."""
    try:
        yield from look()
    except FileError as error:
        place = f"{error.path}:{error.line}" if error.line else str(error.path)
        text = f"{place}: {error.what}"
        yield Finding(about=about, state="wrong", text=text, step=error.hint or "mend this file")
    except HarborwatchError as error:
        yield Finding(about=about, state="wrong", text=str(error), step="do what it says")
    except Exception as error:  # noqa: BLE001 - whatever is broken, the other sides are looked at
        # A database's own words, without the statement and where to read of it.
        said = getattr(error, "orig", None) or error
        text = f"could not be looked at: {type(error).__name__}: {said}"
        step = "mend what the other findings name, and call the doctor again"
        yield Finding(about=about, state="wrong", text=text, step=step)
