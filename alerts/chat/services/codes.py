"""Answers of Chinese chats: status 200, and the truth in a code."""

import json
from collections.abc import Callable, Set

from alerts.chat.service import Answer, No


def by_code(fields: tuple[str, ...], passing: Set[int]) -> Callable[[Answer], No | None]:
    """Return what reads {"errcode": 310000, "errmsg": "…"}: any code but 0 is a no.

    `passing` are the codes that pass by themselves: too often, too busy.
    """

    def refusal(answer: Answer) -> No | None:
        try:
            said = json.loads(answer.body)
        except ValueError:
            return None
        codes = [said[name] for name in fields if name in said] if isinstance(said, dict) else []
        bad = [code for code in codes if code not in (0, "0", None)]
        if not bad:
            return None
        return No(what=f"code {bad[0]}", permanent=bad[0] not in passing)

    return refusal
