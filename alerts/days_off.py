"""Public holidays by country, from the package `holidays`: the days whose slots are left out."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

import holidays

from news.toml_files import did_you_mean


def days_off(country: str) -> Callable[[date], bool] | None:
    """Return what says whether a day is a public holiday of "ID" or "MY-10"; None for "".

    Raises ValueError for a country or part that nothing is known of. Holidays
    by a lunar calendar that is not yet announced are estimates.
    """
    if not country:
        return None
    known = _calendar(country.upper())
    return lambda day: day in known


@lru_cache(maxsize=64)
def _calendar(country: str) -> holidays.HolidayBase:
    code, _, part = country.partition("-")
    known: Mapping[str, list[str]] = holidays.list_supported_countries()
    if code not in known:
        near = did_you_mean(code, list(known)) if len(code) == 2 else "such as ID or CN"
        hint = near if near.startswith("did") else "write two letters, such as ID or CN"
        raise ValueError(f'no holidays are known of "{country}"; {hint}')
    if part and part not in known[code]:
        raise ValueError(
            f'no holidays are known of "{country}"; {did_you_mean(part, known[code])}'
        )
    return holidays.country_holidays(code, subdiv=part or None)
