"""What held and what did not."""

from dataclasses import dataclass, field


@dataclass
class Verdict:
    """The judge's word: numbers, a table of faults, and what is wrong."""

    numbers: dict[str, object] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def expect(self, holds: bool, said: str) -> None:
        if not holds:
            self.wrong.append(said)
