"""Outlets that a question asks for and the catalogue lacks: why nothing was found, perhaps."""

from collections.abc import Collection

from news.errors import quoted
from news.near_words import nearest
from news.saying import Sentence, say
from query import Query
from query.syntax import Where, walk


def unknown_outlets(asked: Query, known: Collection[str]) -> tuple[Sentence, ...]:
    """Return a sentence for each outlet of a question that is not known, with the nearest id.

    A story's outlet may have left the catalogue: to be asked where nothing is found.
    """
    names = {
        one.value: None
        for one in walk(asked.root)
        if isinstance(one, Where) and one.condition == "outlet" and one.value not in known
    }
    return tuple(_told(name, nearest(name, sorted(known))) for name in names)


def _told(name: str, near: str | None) -> Sentence:
    if near:
        return say(
            'no outlet of the catalogue is called {name}; did you mean "{near}"?',
            name=quoted(name),
            near=near,
        )
    return say(
        "no outlet of the catalogue is called {name}; harborwatch outlets lists them",
        name=quoted(name),
    )
