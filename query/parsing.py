"""The parser: from a query's text to its syntax tree. The grammar stands in docs/queries.md."""

from typing import get_args

from news import QueryError
from news.errors import quoted
from news.saying import NO_HINT, Sentence, say
from news.toml_files import did_you_mean
from query import amounts
from query.affixes import SHORTEST
from query.conditions import EXAMPLES, ConditionError, checked
from query.lexing import Lexeme, lex, without_hidden
from query.syntax import (
    Condition,
    Field,
    Near,
    Node,
    Or,
    Query,
    Times,
    TopicName,
    Where,
    Within,
    all_of,
    any_of,
    negated,
)
from query.terms import Term, term
from query.tokens import is_unspaced

#: terms that a person may type, and brackets, signs and fields within one another
MOST_TERMS, DEEPEST = 2_000, 64
#: words of a phrase, or letters of a script without spaces: some sentences. A
#: phrase of 30,000 took minutes to be looked for in a story made to suit it
LONGEST_PHRASE = 1_000

#: terms that ~word counts for: so many prefixes is the index asked instead
_FORMS = 60

_FIELDS: dict[str, Field] = {"title": "title", "body": "body"}
_CONDITIONS: dict[str, Condition] = {name: name for name in get_args(Condition)}
_KNOWN = [*_FIELDS, *_CONDITIONS, "topic"]
_STARTS = frozenset({"word", "phrase", "topic", "field", "amount", "open", "not"})


def parse(text: str) -> Query:
    """Return what a query means.

    Raises QueryError with the place, what was expected there, and a hint.
    """
    parser = _Parser(text)
    return Query(text=text, root=parser.whole())


class _Parser:
    """Recursive descent; one method for each rule of the grammar."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lexemes = list(lex(text))
        self._at = 0
        self._depth = 0
        self._terms = 0

    @property
    def _next(self) -> Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> Lexeme:
        taken = self._next
        self._at += 1
        return taken

    def _error(self, at: Lexeme, what: Sentence, hint: Sentence = NO_HINT) -> QueryError:
        return QueryError(self._text, at.at, what, hint)

    def whole(self) -> Node:
        if self._next.kind == "end":
            raise self._error(
                self._next,
                say("the query is empty"),
                say("type a word, such as {example}", example="ASEAN"),
            )
        root = self._any(within=False)
        if (rest := self._next).kind == "close":
            raise self._error(rest, say("this bracket was never opened"), say("take it away"))
        return root

    def _any(self, *, within: bool) -> Node:
        parts = [self._all(within=within)]
        while self._next.kind == "or":
            self._take()
            parts.append(self._all(within=within))
        return any_of(parts)

    def _all(self, *, within: bool) -> Node:
        parts = [self._not(within=within)]
        while self._next.kind == "and" or self._next.kind in _STARTS:
            if self._next.kind == "and":
                self._take()
            parts.append(self._not(within=within))
        return all_of(parts)

    def _not(self, *, within: bool) -> Node:
        signs = 0
        while self._next.kind == "not":
            self._take()
            signs += 1
        node = self._near(within=within)
        return negated(node) if signs % 2 else node

    def _near(self, *, within: bool) -> Node:
        start = self._next
        left = self._atom(within=within)
        if self._next.kind != "near":
            return left
        near, other = self._take(), self._next
        right = self._atom(within=within)
        self._check_side(start, left)
        self._check_side(other, right)
        if (third := self._next).kind == "near":
            what = say("{near} takes two sides, not three", near=near.text)
            raise self._error(third, what, _write("a NEAR/5 b AND b NEAR/5 c"))
        return Near(left, right, near.distance, ordered=near.text == "ONEAR")

    def _check_side(self, at: Lexeme, side: Node) -> None:
        parts = side.parts if isinstance(side, Or) else (side,)
        if not all(
            isinstance(p, Term) or (isinstance(p, TopicName) and p.part == "core") for p in parts
        ):
            what = say("NEAR takes words, phrases, @topic/core and groups of these joined by OR")
            raise self._error(at, what, _such_as("(deal OR pact) NEAR/10 ASEAN"))

    def _atom(self, *, within: bool) -> Node:
        lexeme = self._take()
        match lexeme.kind:
            case "word" | "phrase":
                return self._term(lexeme)
            case "topic":
                return self._topic(lexeme, lexeme.text, lexeme.part, within=within)
            case "field":
                return self._field(lexeme, within=within)
            case "amount":
                return self._amount(lexeme, within=within)
            case "open":
                return self._group(lexeme, within=within)
        self._at -= 1
        before = self._lexemes[self._at - 1].text if self._at else ""
        shown = say("the end") if lexeme.kind == "end" else quoted(lexeme.text)
        what = say("expected a word, phrase or bracket, found {found}", found=shown)
        if before:
            what = say(
                "expected a word, phrase or bracket after {before}, found {found}",
                before=quoted(before),
                found=shown,
            )
        hint = say("put operators that are meant as words in quotes")
        raise self._error(lexeme, what, hint if lexeme.kind != "end" else NO_HINT)

    def _group(self, opened: Lexeme, *, within: bool) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(opened, say("brackets stand more than {n} deep", n=DEEPEST))
        node = self._any(within=within)
        if self._next.kind != "close":
            raise self._error(
                opened, say("this bracket is never closed"), say("add {sign}", sign=")")
            )
        self._take()
        self._depth -= 1
        return node

    def _term(self, lexeme: Lexeme) -> Node:
        self._count(lexeme)
        found = term(lexeme.text, prefix=lexeme.prefix, affixed=lexeme.affixed)
        if found is None:
            what = say("{words} holds no letter or digit to look for", words=quoted(lexeme.text))
            raise self._error(lexeme, what, say("take it away"))
        if len(found.tokens) > LONGEST_PHRASE:
            what = say("the phrase has more than {n:,} words or letters", n=LONGEST_PHRASE)
            raise self._error(lexeme, what, say("join shorter ones by AND"))
        if lexeme.affixed and not found.affixed and not all(map(is_unspaced, found.tokens)):
            what = say("~ takes one root of at least {n} letters", n=SHORTEST)
            hint = say("such as {one}, or {other}", one="~kerja", other="~kerja ONEAR/0 sama")
            raise self._error(lexeme, what, hint)
        if lexeme.cased:
            # Not before its length is known: the case of each word is slow to find.
            cased = term(lexeme.text, cased=True, prefix=lexeme.prefix, affixed=lexeme.affixed)
            found = cased or found
        return Times(found, lexeme.times) if lexeme.times > 1 else found

    def _count(self, lexeme: Lexeme) -> None:
        self._terms += _FORMS if lexeme.affixed else 1
        if self._terms > MOST_TERMS:
            what = say("the query has more than {n:,} terms", n=MOST_TERMS)
            raise self._error(lexeme, what, say("a topic file may hold more names"))

    def _topic(self, lexeme: Lexeme, name: str, part: str, *, within: bool) -> Node:
        self._count(lexeme)
        if within:
            what = say("a topic looks at the whole story, not at one field")
            raise self._error(lexeme, what, say("write it outside the field"))
        return TopicName(name, part, at=lexeme.at)

    def _amount(self, lexeme: Lexeme, *, within: bool) -> Node:
        self._count(lexeme)
        if within:
            what = say("an amount stands inside a field")
            raise self._error(lexeme, what, say("write it outside the field"))
        assert lexeme.amount is not None, "the lexer read it"
        return lexeme.amount

    def _field(self, lexeme: Lexeme, *, within: bool) -> Node:
        name = lexeme.text
        if name == "amount":
            what = say("amount takes >, >=, <, <= or =, no colon")
            raise self._error(lexeme, what, _such_as(amounts.EXAMPLE))
        if name not in _KNOWN:
            meant = did_you_mean(name, _KNOWN)
            hint = say("{meant}; put a word with a colon in quotes", meant=meant)
            unknown = say("{name} is no field", name=quoted(f"{name}:"))
            raise self._error(lexeme, unknown, hint)
        if within:
            what = say("{field} stands inside another field", field=f"{name}:")
            raise self._error(lexeme, what, say("write it outside the field"))
        value = self._next
        between = without_hidden(self._text[lexeme.at + len(name) + 1 : value.at])
        if between or value.kind not in _STARTS - {"not", "field", "amount"}:
            what = say("{field} must be followed at once by what to look for", field=f"{name}:")
            raise self._error(lexeme, what, _such_as(f"{name}:{EXAMPLES.get(name, 'ASEAN')}"))
        if name in _FIELDS:
            return Within(_FIELDS[name], self._atom(within=True))
        return self._condition(lexeme, self._take())

    def _condition(self, lexeme: Lexeme, value: Lexeme) -> Node:
        signs = value.prefix or value.cased or value.affixed or value.times > 1
        if value.kind == "open" or signs:
            several = f"{lexeme.text}:a OR {lexeme.text}:b"
            what = say("{field} takes one plain value", field=f"{lexeme.text}:")
            raise self._error(value, what, say("write {example} for several", example=several))
        if lexeme.text == "topic":
            return self._topic(lexeme, value.text.lower(), value.part, within=False)
        self._count(lexeme)
        try:
            return Where(_CONDITIONS[lexeme.text], checked(_CONDITIONS[lexeme.text], value.text))
        except ConditionError as error:
            example = f"{lexeme.text}:{EXAMPLES[lexeme.text]}"
            hint = error.hint or _such_as(example)
            raise self._error(value, error.what, hint) from error


def _such_as(example: str) -> Sentence:
    return say("such as {example}", example=example)


def _write(example: str) -> Sentence:
    return say("write {example}", example=example)
