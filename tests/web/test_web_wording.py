"""The messages of the interface: the same in each language, and each one used."""

import re
from pathlib import Path
from string import Formatter

import pytest

import harborwatch.web
from harborwatch.web.pages.help import EXAMPLES
from harborwatch.web.wording import LANGUAGES, chosen, wording
from query.codes import LANGUAGES as READ

FOLDER = Path(harborwatch.web.__file__).parent
#: groups whose members are named by what stands in the archive
_BY_CODE = ("language", "country", "outcome", "kind", "precision", "role", "facet", "volume", "delivery", "weekday", "fact", "nav", "topic", "help", "explain", "error", "step")  # fmt: skip
_USED = re.compile(r"""(?:\bt|\bsay|wording|language)\(\s*["']([a-z]+\.[a-z_0-9]+)["']\s*[,)]""")


def used() -> set[str]:
    files = [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py")]
    return {key for file in files for key in _USED.findall(file.read_text("utf-8"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lacks_a_message(language: str) -> None:
    """Each language has the messages of English, with the same places to fill, and no other."""
    english, own = wording("en").messages, wording(language).messages
    assert own.keys() == english.keys()
    for key, message in own.items():
        assert isinstance(message, str) == isinstance(english[key], str), key
        assert _places(message) == _places(english[key]), key
        assert all(text.strip() for text in _texts(message)), key


def test_every_message_that_is_used_is_there() -> None:
    """Templates and code name no message that the catalogues lack."""
    missing = used() - wording("en").messages.keys()
    assert len(used()) > 100
    assert not missing


def test_every_message_is_used() -> None:
    """No message stands in the catalogues for nothing."""
    left = {key for key in wording("en").messages if key.split(".")[0] not in _BY_CODE}
    assert left - used() == set()


def test_every_step_of_an_explanation_has_a_name() -> None:
    """What happens to an address is called by a word of the reader's language, none for nothing."""
    texts = [file.read_text("utf-8") for file in FOLDER.parent.glob("*_trail.py")]
    texts.append((FOLDER.parent / "trails.py").read_text("utf-8"))
    said = {name for text in texts for name in re.findall(r'about="([a-z ]+)"', text)}
    steps = {key.partition(".")[2] for key in wording("en").messages if key.startswith("step.")}
    assert {one.replace(" ", "_") for one in said} == steps


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_that_is_read_has_a_name(language: str) -> None:
    """The ten languages are called by their names in each language of the interface."""
    named = wording(language)
    assert all(named.name("language", code) != code for code in READ)
    assert {f"help.{name}" for name, _ in EXAMPLES} <= named.messages.keys()


@pytest.mark.parametrize(("asked", "accepted", "language"), [((), "", "en"), ((), "id-ID,id;q=0.9,en;q=0.8", "id"), ((), "zh-Hant-TW", "zh"), ((), "fr, zh;q=0.5", "zh"), ((), "en;q=0.1, id", "id"), ((), "id;q=0, zh;q=0.1", "zh"), ((), "ms", "id"), (("zh",), "id", "zh"), (("xx",), "id", "id"), ((), ";;q=,,x;q=y", "en"), (("../en",), "", "en")])  # fmt: skip
def test_the_language_is_chosen(asked: tuple[str, ...], accepted: str, language: str) -> None:
    """What is asked for goes before Accept-Language, and a near language before English."""
    assert chosen(asked, accepted) == language


def _texts(message: str | tuple[str, str]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else message


def _places(message: str | tuple[str, str]) -> set[str]:
    return {name for text in _texts(message) for _, name, _, _ in Formatter().parse(text) if name}
