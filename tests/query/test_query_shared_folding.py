"""A text is folded and split once, and the quick ways give what the slow ones give."""

import importlib
from itertools import accumulate

from hypothesis import example, given, settings
from hypothesis import strategies as st

from query import Document, fold, index_text, ready
from query.scripts import DASHES, HIDDEN, QUOTES
from query.seams import mend
from query.tokens import BREAK, Token, is_unspaced, split, tokens

folding = importlib.import_module("query.folding")
tokening = importlib.import_module("query.tokens")

#: letters of all ten languages with all that may stand between and upon them
LETTERS = (
    "abzAZ09 ''..,,-  \n\t\r_éÉđĐãÃòỏệặÂßİΣςﬁ½℃"
    "中国东盟東盟一帶港。，、「」（）１２，Ａ乾"
    "กขคเเแำาัิ่้๎๑ๆฯກຂເເແຳາັິ່໊໑ຼໆ"
    "កខដ្ុំះ់៉១។៖ကခမနြျွှေိုံ့်း၁၀။၊ါ"
    "\u0301\u0323\u200b\u00ad\u2060\ud800\U0001f600\U00020000"
)
texts = st.text(alphabet=st.sampled_from(LETTERS + DASHES + QUOTES[:6] + HIDDEN[-2:]), max_size=60)


def folded_piece_by_piece(text: str) -> tuple[str, list[int], list[int]]:
    """Fold each piece alone, as texts with marks are."""
    pieces = folding._piece().findall(text)
    folded = [folding._fold_piece(piece) for piece in pieces]
    ends = [list(accumulate(map(len, parts), initial=0)) for parts in (folded, pieces)]
    return "".join(folded), *ends


def split_one_by_one(text: str) -> list[Token]:
    """Split a folded text, looking at each part by itself."""
    found: list[Token] = []
    for part in tokening._token().finditer(text):
        if part[0][0].isalnum() or part[0] == "\u1037":
            found.append(Token(part[0], *part.span()))
        elif found and is_unspaced(found[-1].text):
            found.append(Token(BREAK, *part.span()))
    return found


@settings(max_examples=300)
@given(texts)
@example("Hà Nội “đã” 中国，東盟 …")
@example("a\u1037။က")
def test_letter_by_letter_is_piece_by_piece(text: str) -> None:
    """A text whose letters fold one by one becomes what its pieces become, at the same places."""
    if text and folding._folds_letter_by_letter(set(text)):
        joined, starts, sources = folded_piece_by_piece(text)
        assert folding._letter_by_letter(text, set(text)) == joined
        whole = fold(text)
        if whole._source_starts == range(len(text) + 1):
            slow = folding.Folded(
                text=whole.text,
                source=text,
                _folded_starts=starts,
                _source_starts=sources,
                _cuts=whole._cuts,
                _cut=whole._cut,
            )
            assert whole.text == folding.one_place(mend(joined)[0].replace("-", " "))
            for at in range(len(whole.text)):
                assert whole.original(at, at + 1) == slow.original(at, at + 1)


@settings(max_examples=300)
@given(texts)
@example("中。国a\u1037။က")
def test_splitting_at_once_is_splitting_one_by_one(text: str) -> None:
    """Words and places side by side are the tokens, breaks among them."""
    folded = fold(text)
    assert list(tokens(folded)) == split_one_by_one(folded.text)
    found = split(folded)
    assert [found.words, found.starts, found.ends] == [
        [getattr(token, name) for token in tokens(folded)] for name in ("text", "start", "end")
    ]


@given(texts, texts)
def test_stages_share_a_texts_folding(title: str, body: str) -> None:
    """Who asks for a text again gets the same words, without another folding."""
    one, other = Document.of(title=title, body=body), Document.of(title=title, body=body)
    assert one.body is other.body is ready(body)
    assert index_text(body) == " ".join(one.body.words)
