"""The messages of the interface: the same in each language, and each one used."""

import ast
import copy
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from web_server import Server

import harborwatch.web
from alerts.cards import Kind
from alerts.words.counted import counted
from archive.collecting.health import State
from harborwatch.web.pages.help import EXAMPLES
from harborwatch.web.wording import LANGUAGES, chosen, wording
from news import Outcome, Precision
from news.facts import KINDS
from news.saying import joined, say, word
from query.codes import LANGUAGES as READ

FOLDER = Path(harborwatch.web.__file__).parent
_USED = re.compile(r"""(?:\bt|\bsay|wording|language)\(\s*["']([a-z]+\.[a-z_0-9]+)["']\s*[,)]""")
#: keys that stand anywhere, and beginnings to which code and templates add the rest
_WRITTEN = re.compile(r"""["']([a-z]+\.[a-z_0-9]+)["']""")
_BEGUN = re.compile(r"""["']([a-z]+\.[a-z_0-9]*)(?:["']\s*~|\{)""")
_NAMED = re.compile(r"""\bname\(\s*["']([a-z]+)["']""")
#: groups whose members are values of the code
_VALUES: Mapping[str, Iterable[object]] = {
    "fact": KINDS,
    "precision": Precision,
    "kind": ("reprint", "summary"),
    "outcome": {*Outcome, *get_args(State)},
    "weekday": range(7),
}


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
    texts = [file.read_text("utf-8") for file in (*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py"))]
    written = {key for text in texts for key in _WRITTEN.findall(text)}
    begun = {key for text in texts for key in _BEGUN.findall(text)}
    begun |= {f"{group}." for text in texts for group in _NAMED.findall(text)}
    left = wording("en").messages.keys() - written
    assert not [key for key in left if not key.startswith(tuple(begun))]


@pytest.mark.parametrize("group", _VALUES)
def test_every_value_has_a_name(group: str) -> None:
    """What the archive keeps as a value of ours is called by a message, and no other value is."""
    named = {
        key.partition(".")[2] for key in wording("en").messages if key.startswith(f"{group}.")
    }
    assert named == {str(value) for value in _VALUES[group]}


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


#: packages whose sentences pages show; commands and the program speak English
_SPEAK = ("news", "query", "archive", "pipelines", "crawler", "alerts")


@cache
def spoken() -> list[ast.Module]:
    """Return the code that may say a sentence of `news.saying` to a reader."""
    root = FOLDER.parents[1]
    files = [one for name in _SPEAK for one in (root / name).rglob("*.py")]
    files += (root / "harborwatch").glob("*.py")
    return [ast.parse(file.read_text("utf-8")) for file in files]


def calls(modules: list[ast.Module], name: str) -> set[str]:
    """Return the texts with which a function is called; `say` where it is that of `news.saying`."""
    return {
        str(call.args[0].value)
        for module in modules
        if name != "say" or _takes(module, name)
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == name
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def _takes(module: ast.Module, name: str) -> bool:
    return any(
        one.module == "news.saying" and name in {alias.name for alias in one.names}
        for one in ast.walk(module)
        if isinstance(one, ast.ImportFrom)
    )


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_sentence_of_an_explanation_is_translated(language: str) -> None:
    """What is said by `say` stands in each language, with the same places to fill, and nothing else."""
    told = tomllib.loads((FOLDER / "sentences" / f"{language}.toml").read_text("utf-8"))
    assert told["sentence"].keys() == calls(spoken(), "say") - counted(language).keys()
    for pattern, text in told["sentence"].items():
        assert _places(text) == _places(pattern), pattern
        assert text.strip() != pattern.strip()


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_word_that_pages_show_is_translated(language: str) -> None:
    """Kinds of facts, cards and copies, and why a page was refused, have words in each language."""
    told = tomllib.loads((FOLDER / "sentences" / f"{language}.toml").read_text("utf-8"))["word"]
    shown = {*KINDS, *calls(spoken(), "Refused"), *map(str, Precision)}
    shown |= {*get_args(Kind), *calls(spoken(), "_Ended"), "reprint", "summary"}
    assert shown - told.keys() == set()
    assert all(text.strip() for text in told.values())


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_word_is_translated_for_nothing(language: str) -> None:
    """Each word that is translated stands in the code."""
    told = tomllib.loads((FOLDER / "sentences" / f"{language}.toml").read_text("utf-8"))["word"]
    written = {
        one.value
        for module in spoken()
        for one in ast.walk(module)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }
    assert told.keys() - written == set()


#: what makes an error of what is wrong, and where its words begin among what it is given
_ERRORS = {"QueryError": 2, "FileError": 2, "ConditionError": 0, "error": 1, "_error": 1}


def test_every_mistake_in_a_question_or_a_topic_file_can_be_translated() -> None:
    """No error of the language of questions or of its files is told in English only."""
    root = FOLDER.parents[1]
    files = [*(root / "query").glob("*.py"), root / "news" / "toml_files.py"]
    functions = [
        (file.name, one)
        for file in files
        for one in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(one, ast.FunctionDef)
    ]
    told = [(name, one, words) for name, one in functions for words in _told(one)]
    assert len(told) > 80
    assert not [f"{name}:{words.lineno}" for name, one, words in told if _is_plain(one, words)]


def _told(function: ast.FunctionDef) -> list[ast.expr]:
    """Return the words of every error that a function makes."""
    calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
    names = [(getattr(call.func, "id", getattr(call.func, "attr", "")), call) for call in calls]
    return [
        words for name, call in names if name in _ERRORS for words in call.args[_ERRORS[name] :]
    ]


def _is_plain(function: ast.FunctionDef, words: ast.expr) -> bool:
    """Say whether words are English that was written down, also by way of a variable."""
    match words:
        case ast.Constant() | ast.JoinedStr():
            return True
        case ast.IfExp():
            return _is_plain(function, words.body) or _is_plain(function, words.orelse)
        case ast.Name():
            given = [one for one in ast.walk(function) if isinstance(one, ast.Assign)]
            return any(
                isinstance(target, ast.Name)
                and target.id == words.id
                and _is_plain(function, one.value)
                for one in given
                for target in one.targets
            )
    return False


def test_a_sentence_is_said_in_another_language_with_all_that_stands_in_it() -> None:
    """Sentences in sentences are said too; foreign texts with braces stay as they are."""
    often = say("{n} times", n=3)
    text = joined(": ", [say("tried {times}, {error}", times=often, error="{x}"), "<b>{0}"])
    assert text == "tried 3 times, {x}: <b>{0}"
    assert wording("id").said(text) == "dicoba 3 kali, {x}: <b>{0}"
    assert wording("zh").said(word("{odd}")) == word("{odd}") == "{odd}"
    assert wording("zh").said(word("too-short")) == "太短"
    assert wording("en").said(text) == text
    assert type(copy.deepcopy(text)) is str


def test_an_explanation_is_in_the_readers_language(web: Server) -> None:
    """The way of a story and the answer to a question are said in Indonesian and Chinese."""
    path = "/api/explain?address=31&q=Davos"
    for language, holds in (("id", "tidak"), ("zh", "否")):
        said = web.get(f"{path}&lang={language}").json
        assert said["answer"]["lines"][0].startswith(f"{holds}: ")
        english = re.compile(r"\b(the|is|it|story|event|not)\b")
        ours = [one["text"] for one in said["steps"] if one["about"] in {"event", "copy", "kind"}]
        assert ours
        assert not [text for text in ours if english.search(text)]
