"""Codes of languages and countries, and which one a wrong code or a name was meant for."""

import difflib
import re
from functools import cache

import icu

#: the languages that stories are told apart by
LANGUAGES = ("id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil")


@cache
def countries() -> frozenset[str]:
    """Return the codes of all countries: ISO 3166, as ICU knows them."""
    return frozenset(icu.Locale.getISOCountries())


def meant_language(value: str) -> str:
    """Return the code that a wrong one was meant for, "" where nothing comes near.

    A name in any of our languages has its code; so have the codes of other
    standards (tl, ind), a language with its country (zh-TW), and a country
    that was given in the place of its language (cn, vn).
    """
    first = re.split("[-_]", value)[0]
    if not re.fullmatch("[A-Za-z]{2,3}", first):
        return _nearest(value, _language_names())
    meant = [first, f"und_{first}"] if first.upper() in countries() else [first]
    likely = [icu.Locale.addLikelySubtags(icu.Locale(one)).getLanguage() for one in meant]
    return next((code for code in likely if code in LANGUAGES), "")


def meant_country(value: str) -> str:
    """Return the code that a wrong one was meant for, "" where nothing comes near.

    A name in any of our languages has its code; so has what was once a
    country's code (UK, BU).
    """
    if re.fullmatch("[A-Za-z]{2}", value):
        code: str = icu.Locale.createCanonical(f"und_{value}").getCountry()
        return code if code in countries() else ""
    return _nearest(value, _country_names())


def _nearest(value: str, names: dict[str, str]) -> str:
    near = difflib.get_close_matches(value.casefold(), names, n=1, cutoff=0.6)
    return names[near[0]] if near else ""


@cache
def _language_names() -> dict[str, str]:
    """Return the name of each language in each of our languages, small, with its code."""
    readers = [icu.Locale(code) for code in LANGUAGES]
    pairs = [(icu.Locale(code), code) for code in LANGUAGES]
    return {one.getDisplayLanguage(r).casefold(): code for one, code in pairs for r in readers}


@cache
def _country_names() -> dict[str, str]:
    """Return the name of each country in each of our languages, small, with its code."""
    readers = [icu.Locale(code) for code in LANGUAGES]
    pairs = [(icu.Locale("", code), code) for code in sorted(countries())]
    long = {one.getDisplayCountry(r).casefold(): code for one, code in pairs for r in readers}
    # Of "Myanmar (Burma)" either name may be written.
    return long | {
        part.strip(" )"): code for name, code in long.items() for part in name.split("(")
    }
