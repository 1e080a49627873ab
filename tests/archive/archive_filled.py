"""Archives with rows in every table, whatever its tables are at some version."""

import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from query import index_text

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
#: a headline and a text in each language, of our own making
TEXTS = (
    ("Pelabuhan informasi dibuka", "Tujuh proyek senilai Rp20 miliar diteken di Nanning."),
    ("Pelabuhan maklumat dibuka", "Tujuh projek dimeterai di Nanning pada hari Rabu."),
    ("Information Harbor opens", "Seven projects worth $20 million were signed."),
    ("信息港启用", "七个项目在南宁签约，总额二十亿元。"),
    ("Khai trương cảng thông tin", "Bảy dự án được ký tại Nam Ninh."),
    ("เปิดท่าเรือข้อมูล", "ลงนามเจ็ดโครงการที่หนานหนิง"),
    ("បើកកំពង់ផែព័ត៌មាន", "គម្រោងប្រាំពីរត្រូវបានចុះហត្ថលេខា"),
    ("ເປີດທ່າເຮືອຂໍ້ມູນ", "ເຈັດໂຄງການໄດ້ລົງນາມ"),
    ("သတင်းဆိပ်ကမ်းဖွင့်", "စီမံကိန်းခုနစ်ခု လက်မှတ်ထိုးသည်"),
    ("Binuksan ang daungan ng impormasyon", "Pitong proyekto ang nilagdaan sa Nanning."),
)
LANGUAGES = ("id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil")
#: what a column holds that means something to a later version
_MEANS: dict[tuple[str, str], Any] = {
    ("stories", "revision"): 1,
    ("stories", "copy_of"): None,
    ("stories", "purged_at"): None,
    ("pages", "purged_at"): None,
    ("stories", "published_precision"): "minute",
    ("revisions", "number"): 1,
    ("revisions", "titles"): [["h1", "Judul"]],
    ("revisions", "figures"): [
        {"value": 20e9, "unit": "CNY", "text": "RMB 20 billion", "start": 0, "end": 14},
        {"value": 35, "unit": "", "text": "35", "start": 20, "end": 22},
    ],
    ("further_pages", "number"): 2,
    ("addresses", "state"): "fetched",
    ("pages", "state"): "stored",
    ("deliveries", "state"): "sent",
    ("watches", "rhythm"): "daily 07:00",
    ("slots", "rhythm"): "daily 07:00",
    ("to_match", "revision"): 1,
}
_JSON: dict[tuple[str, str], Any] = {
    ("subscribers", "data"): {
        "id": "subscribers-0",
        "name": "Ani",
        "zone": "Asia/Jakarta",
        "language": "id",
        "targets": [{"channel": "mailbox", "address": "ani@desk.example"}],
        "when_empty": "skip",
    },
    ("revisions", "facts"): [],
}
_ENTRY = {
    "address": "https://a.example/1",
    "headline": "Judul",
    "summary": "",
    "authors": [],
    "published": None,
    "modified": None,
}


def fill(db: sa.Connection, *, skip: frozenset[str] = frozenset()) -> dict[str, int]:
    """Put ten rows into every table that is there and empty; returns the rows of each table."""
    metadata = sa.MetaData()
    metadata.reflect(db)
    counts = {}
    for table in metadata.sorted_tables:
        if table.name.startswith("story_text") or table.name in skip | {"alembic_version"}:
            continue
        there = db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        if not there:
            db.execute(sa.insert(table), [_row(table, n) for n in range(len(TEXTS))])
            there = len(TEXTS)
        counts[table.name] = there
    return counts


def _row(table: sa.Table, n: int) -> dict[str, Any]:
    return {column.name: _value(table.name, column, n) for column in table.columns}


def _value(table: str, column: sa.Column[Any], n: int) -> Any:
    where, name = (table, column.name), column.name
    if where in _MEANS:
        return _MEANS[where]
    if table == "revisions" and name in {"title", "body"}:
        return TEXTS[n][name == "body"]
    if name == "language":
        return LANGUAGES[n]
    if column.foreign_keys:
        parent = next(iter(column.foreign_keys)).column
        return _value(parent.table.name, parent, n)
    if where in _JSON:
        return _JSON[where]
    return _by_type(table, column, n)


def _by_type(table: str, column: sa.Column[Any], n: int) -> Any:
    match column.type:
        case sa.JSON():
            return _ENTRY | {"headline": TEXTS[n][0]} if column.name == "entry" else []
        case sa.Boolean():
            return n % 2 == 0
        case sa.DateTime():
            naive = column.type.timezone is False
            at = NOON + timedelta(minutes=n)
            return at.replace(tzinfo=None) if naive else at
        case sa.Date():
            return (NOON + timedelta(days=n)).date()
        case sa.Float():
            return n + 0.5
        case sa.Integer():
            return n + 1
        case sa.LargeBinary():
            return zlib.compress(f"<p>{TEXTS[n][0]}</p>".encode())
        case _:
            return f"{table}-{n}"


def index_all(db: sa.Connection) -> None:
    """Index the stories' texts as every version since the first has done."""
    from archive.indexing import index

    for n, (title, body) in enumerate(TEXTS, 1):
        index.put_tokens(db, n, index_text(title), index_text(body))
