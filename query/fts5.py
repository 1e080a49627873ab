"""What SQLite's FTS5 is asked: a MATCH expression over columns `title` and `body`."""

from query.asks import AllOf, AnyOf, Ask, Beside, Words


def fts5(ask: Ask) -> str:
    """Return an ask as a MATCH expression (sqlite.org/fts5.html, section 3)."""
    match ask:
        case Words():
            return _scoped(_quoted(ask), ask)
        case Beside(left, right, distance):
            return _scoped(f"NEAR({_quoted(left)} {_quoted(right)}, {distance})", left)
        case AnyOf(parts):
            return f"({' OR '.join(map(fts5, parts))})"
        case AllOf(parts, barred):
            text = _joined(" AND ", parts)
            return f"({text} NOT {_joined(' OR ', barred)})" if barred else text


def _joined(sign: str, parts: tuple[Ask, ...]) -> str:
    text = sign.join(map(fts5, parts))
    return f"({text})" if len(parts) > 1 else text


def _quoted(words: Words) -> str:
    # Tokens are letters, marks and digits only: nothing in them needs escaping.
    return f'"{" ".join(words.tokens)}"{"*" * words.prefix}'


def _scoped(text: str, words: Words) -> str:
    return f"{words.field} : {text}" if words.field else text
