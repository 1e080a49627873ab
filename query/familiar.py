"""Names that are known before any is looked for: of places and bodies, and of other topics."""

from collections.abc import Iterator

from query.gazetteer import Names
from query.repeated_runs import HAN, Gram
from query.terms import Term, term
from query.topic_files import Topic, Topics
from query.topic_trees import names_of

#: letters of the shortest word that tells one topic from others: not of, ng, ASEAN
TELLING = 6


def familiar(topic: Topic, topics: Topics, names: Names) -> frozenset[Gram]:
    """Return names that need no finding for a topic: the gazetteer's, and those of topics.

    Its own sure names are not among them, for a part of one may be a name too.
    """
    sure = {one.tokens for one in names_of(topic.core.root)} if topic.core else set[Gram]()
    own = {one.tokens for one in names_of(topic.query.root)}
    others = {
        one.tokens
        for other in topics
        if other.id != topic.id
        for one in names_of(other.query.root)
    }
    return frozenset((others | own) - sure | {one.tokens for one in _forms(names)})


def telling_tokens(topic: Topic) -> frozenset[str]:
    """Return words of a topic's names, and their Han letters: others with these resemble it."""
    tokens = {token for one in names_of(topic.query.root) for token in one.tokens}
    return frozenset(one for one in tokens if len(one) >= TELLING or one >= HAN)


def _forms(names: Names) -> Iterator[Term]:
    for name in map(names.get, names.ids):
        for form in (*name.any, *(form for forms in name.forms.values() for form in forms)):
            found = term(form)
            if found is not None:
                yield found
