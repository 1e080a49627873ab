"""The words of the digest itself, one catalogue per language in `alerts.words`.

Languages without one are answered in English; the stories' own texts always
stay as they were written.
"""

from alerts.words.chinese import CHINESE
from alerts.words.english import ENGLISH
from alerts.words.indonesian import INDONESIAN
from alerts.words.malay import MALAY
from alerts.words.shape import Forms, Wording
from alerts.words.thai import THAI
from alerts.words.vietnamese import VIETNAMESE

__all__ = ["LANGUAGES", "Forms", "Wording", "wording_for"]

_BY_LANGUAGE = {
    wording.language: wording
    for wording in (ENGLISH, INDONESIAN, CHINESE, VIETNAMESE, THAI, MALAY)
}

#: languages that a digest can be written in
LANGUAGES = tuple(_BY_LANGUAGE)


def wording_for(language: str) -> Wording:
    """Return the catalogue for a language ("id", "zh-Hant"), English where there is none."""
    return _BY_LANGUAGE.get(language.partition("-")[0].lower(), ENGLISH)
