"""The one language of questions: topics, watches and search all speak it.

A story's text is folded (`folding`), split into tokens (`tokens`) and asked a
query: text is parsed (`parsing`) to a tree (`syntax`), topics are put in
(`topic_files`), and the tree is matched in memory (`matching`, thousands at
once by `percolator`), turned into what an index can be asked (`index`) or
explained (`explain`). docs/queries.md holds the grammar. Leans on `news`,
OpenCC, ICU, myanmartools and ahocorasick_rs.
"""

from query.documents import Document, FieldText, index_text, ready
from query.explain import Explanation, explain
from query.folding import FOLDING_VERSION, Folded, fold
from query.gazetteer import Name, NameHit, Names
from query.index import Filter, IndexQuery, index_query
from query.literals import shares_of
from query.matching import Hit, Match, match
from query.parsing import parse
from query.percolator import Percolator
from query.sentences import cut_sentence, sentence_around
from query.syntax import Query
from query.tokens import FTS5_TOKENIZE, Token, tokens
from query.topic_files import Topic, Topics, expand

__all__ = [
    "FOLDING_VERSION",
    "FTS5_TOKENIZE",
    "Document",
    "Explanation",
    "FieldText",
    "Filter",
    "Folded",
    "Hit",
    "IndexQuery",
    "Match",
    "Name",
    "NameHit",
    "Names",
    "Percolator",
    "Query",
    "Token",
    "Topic",
    "Topics",
    "cut_sentence",
    "expand",
    "explain",
    "fold",
    "index_query",
    "index_text",
    "match",
    "parse",
    "ready",
    "sentence_around",
    "shares_of",
    "tokens",
]
