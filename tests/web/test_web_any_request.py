"""Whatever is asked, the page answers it or says why not: no fault of ours."""

from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_server import Server

SIGNS = st.characters(codec="utf-8") | st.sampled_from('"()*@:-={}~/\\<>&%\x00\u202e')
TEXT = st.text(SIGNS, max_size=25)
PIECES = st.lists(
    st.sampled_from(
        ["ASEAN", "信息港", "ท่าเรือ", "AND", "OR", "NOT", "NEAR/3", "(", ")", '"', "lang:id", "since:2018",
         "@bri", "@bri/core", "event:31", "amount>1bn CNY", "-", "{3}", "~kerja", "kerja*", "=BRI", "topic:"]
    ), max_size=7,
).map(" ".join)  # fmt: skip
QUERY = TEXT | PIECES
PATHS = ("/search", "/try", "/explain", "/stories/31", "/search.csv", "/search.atom", "/api/search", "/api/explain", "/api/try", "/digests")  # fmt: skip
many = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@many
@given(
    path=st.sampled_from(PATHS),
    values=st.fixed_dictionaries(
        {"q": QUERY},
        optional={
            "sort": st.sampled_from(["date", "relevance", "x"]), "address": TEXT,
            "before": TEXT | st.sampled_from(["1", "-5", "99999999999999999999", "1.2.3:0.5:1", "1:nan:2"]),
            "lang": TEXT,
        },
    ),
)  # fmt: skip
def test_any_question_is_answered(web: Server, path: str, values: dict[str, str]) -> None:
    """Every value of every parameter is answered with 200, or refused with 400."""
    said = web.get(f"{path}?{urlencode(values)}")
    assert said.status in (200, 400), (said.status, path, values)


@many
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_path_is_answered(web: Server, parts: list[str]) -> None:
    """Every path is there or not; none is a fault."""
    said = web.get("/" + "/".join(quote(part, safe="") for part in parts))
    assert said.status < 500, (said.status, parts)


@many
@given(
    st.binary(max_size=80),
    st.sampled_from(
        [
            "/saved",
            "/saved/forget",
            "/watches",
            "/watches/set",
            "/watches/remove",
            "/login",
            "/logout",
        ]
    ),
)
def test_any_form_is_answered(web: Server, body: bytes, path: str) -> None:
    """Whatever is sent as a form is refused, never a fault."""
    said = web.ask("POST", path, body.decode("latin-1"), {"Content-Type": "text/plain"})
    assert 400 <= said.status < 500
