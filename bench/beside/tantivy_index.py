"""tantivy on the same tokens, asked the same questions; its rows come from the archive too."""

from collections.abc import Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from query.asks import AllOf, AnyOf, Ask, Beside, Words

_FIELDS = ("title", "body")
_FACETS = ("outlet", "language", "country", "day")
_HEAP = 512_000_000


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    made.add_integer_field("id", fast=True)
    for name in _FIELDS:
        made.add_text_field(name, tokenizer_name="tokens")
    for name in _FACETS:
        made.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return made.build()


class Tantivy:
    """An index in a folder, made there where there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._schema = folder, _schema()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder))
        split = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("tokens", split)
        self._writer: tantivy.IndexWriter | None = None
        self._searcher = self._index.searcher()

    def put(self, story: int, title: str, body: str, facets: Sequence[str]) -> None:
        """Index a story's tokens."""
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, 1)
        fields = dict(zip(_FACETS, facets, strict=True))
        self._writer.add_document(tantivy.Document(id=story, title=title, body=body, **fields))

    def end(self) -> None:
        """Commit, and wait until its parts are merged."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
        self._index.reload()
        self._searcher = self._index.searcher()

    def newest(self, asked: Query, limit: int) -> list[int]:
        """Return the stories with the highest numbers."""
        found = self._searcher.search(asked, limit=limit, count=False, order_by_field="id")
        return [int(key) for key, _ in found.hits]

    def ranked(self, asked: Query, limit: int) -> list[int]:
        """Return the stories that BM25 puts first."""
        found = self._searcher.search(asked, limit=limit, count=False)
        places = [place for _, place in found.hits]
        return [int(value or 0) for value in self._searcher.fast_field_values("id", places)]

    def facets(self, asked: Query) -> object:
        """Count all stories that match by outlet, language, country and day."""
        wanted = {name: {"terms": {"field": name, "size": 1_000}} for name in _FACETS}
        return self._searcher.aggregate(asked, wanted)

    def bytes(self) -> int:
        """Return the size of its files."""
        return sum(file.stat().st_size for file in self._folder.iterdir())

    def query(self, ask: Ask) -> Query:
        """Return the same question in tantivy's words."""
        match ask:
            case Words(tokens, prefix, field):
                fields = (field,) if field else _FIELDS
                return _any([self._words(name, tokens, prefix=prefix) for name in fields])
            case Beside(left, right, distance):
                pair = (*left.tokens, *right.tokens), (*right.tokens, *left.tokens)
                fields = (left.field,) if left.field else _FIELDS
                return _any([self._near(f, tokens, distance) for f in fields for tokens in pair])
            case AnyOf(parts):
                return _any([self.query(part) for part in parts])
            case AllOf(parts, barred):
                wanted = [(Occur.Must, self.query(part)) for part in parts]
                return Query.boolean_query(
                    [*wanted, *((Occur.MustNot, self.query(part)) for part in barred)]
                )

    def _words(self, field: str, tokens: Sequence[str], *, prefix: bool) -> Query:
        if prefix and len(tokens) == 1:
            return Query.regex_query(self._schema, field, f"{tokens[0]}.*")
        if prefix:
            return Query.phrase_prefix_query(self._schema, field, list(tokens))
        if len(tokens) == 1:
            return Query.term_query(self._schema, field, tokens[0])
        return Query.phrase_query(self._schema, field, list(tokens))

    def _near(self, field: str, tokens: Sequence[str], distance: int) -> Query:
        # It has no NEAR; a loose phrase of two words in either order comes closest.
        return Query.phrase_query(self._schema, field, list(tokens), slop=distance)


def _any(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])
