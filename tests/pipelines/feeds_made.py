"""Feeds of our own making: one newsroom in ten languages, in every form that feeds have."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape

from news import Outlet

NOW = datetime(2018, 9, 21, 3, 0, tzinfo=UTC)
FIRST = datetime(2018, 9, 20, 2, 22, 43, tzinfo=UTC)
HOME = "https://suara.example"
AT = f"{HOME}/feed/"
OUTLET = Outlet(
    id="suara", name="Suara Selat", home=HOME, country="ID",
    languages=("id", "en"), zone="Asia/Jakarta",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One story, as all forms tell it."""

    number: int
    language: str
    title: str
    summary: str

    @property
    def address(self) -> str:
        return f"{HOME}/2018/09/20/{self.language}-{self.number}/"

    @property
    def at(self) -> datetime:
        return FIRST + timedelta(minutes=self.number)

    @property
    def whole(self) -> str:
        return f"<p>{self.summary}</p>" + f"<p>{self.summary} ({self.number})</p>" * 24


_TOLD = {
    "id": ("Pelabuhan baru & dermaga dibuka", "Menteri membuka pelabuhan baru di pantai utara."),
    "ms": ("Pelabuhan baharu <dibuka> hari ini", "Menteri merasmikan pelabuhan baharu itu."),
    "en": ("New harbor opens: 'a long wait'", "The minister opened the harbor on Thursday."),
    "zh": ("新港口在北岸开放", "部长星期四在北岸宣布新港口开放，第一批货船已经到达。"),
    "vi": ("Cảng mới mở cửa ở bờ bắc", "Bộ trưởng khánh thành cảng mới hôm thứ Năm."),
    "th": ("เปิดท่าเรือใหม่ทางเหนือ", "รัฐมนตรีเปิดท่าเรือใหม่เมื่อวันพฤหัสบดี"),
    "km": ("កំពង់ផែថ្មីបើកដំណើរការ", "រដ្ឋមន្ត្រីបានសម្ពោធកំពង់ផែថ្មីកាលពីថ្ងៃព្រហស្បតិ៍។"),
    "lo": ("ເປີດທ່າເຮືອໃໝ່", "ລັດຖະມົນຕີເປີດທ່າເຮືອໃໝ່ໃນວັນພະຫັດ."),
    "my": ("ဆိပ်ကမ်းသစ် ဖွင့်လှစ်", "ဝန်ကြီးက ဆိပ်ကမ်းသစ်ကို ကြာသပတေးနေ့တွင် ဖွင့်လှစ်သည်။"),
    "fil": ("Binuksan ang bagong daungan", "Binuksan ng kalihim ang daungan noong Huwebes."),
}
LANGUAGES = tuple(_TOLD)


def stories(*languages: str) -> list[Made]:
    """One story for each of these languages, or of all."""
    return [
        Made(
            number=number, language=language, title=_TOLD[language][0], summary=_TOLD[language][1]
        )
        for number, language in enumerate(languages or LANGUAGES)
    ]


def rss(made: list[Made], head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """RSS 2.0 as WordPress writes it."""
    items = "".join(
        f"<item><title>{escape(escape(one.title, quote=False))}</title><link>{one.address}</link>"
        f"<dc:creator><![CDATA[Rina Lestari]]></dc:creator>"
        f"<pubDate>{one.at:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f'<guid isPermaLink="false">{HOME}/?p={one.number}</guid>'
        f"<description><![CDATA[<p>{escape(one.summary)}</p>]]></description>"
        f"<content:encoded><![CDATA[{one.whole}]]></content:encoded></item>\n"
        for one in made
    )
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Suara Selat</title>'
        f"<link>{HOME}</link><language>id-ID</language>\n{items}</channel></rss>"
    )


def atom(made: list[Made]) -> str:
    """Atom 1.0 with relative links."""
    entries = "".join(
        f'<entry><title type="html">{escape(escape(one.title, quote=False))}</title>'
        f'<link rel="self" href="/api/{one.number}"/><link href="{one.address.removeprefix(HOME)}"/>'
        f"<id>urn:suara:{one.number}</id><published>{one.at:%Y-%m-%dT%H:%M:%SZ}</published>"
        f"<updated>{one.at:%Y-%m-%dT%H:%M:%SZ}</updated><author><name>Rina Lestari</name>"
        f"<email>rina@suara.example</email></author>"
        f'<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{escape(one.summary)}'
        f"</p></div></summary></entry>"
        for one in made
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><title>S</title>{entries}</feed>'
    )


def rdf(made: list[Made]) -> str:
    """RSS 1.0."""
    items = "".join(
        f'<item rdf:about="{one.address}"><title>{escape(escape(one.title, quote=False))}</title>'
        f"<link>{one.address}</link><description>{escape(escape(one.summary))}</description>"
        f"<dc:creator>Rina Lestari</dc:creator><dc:date>{one.at:%Y-%m-%dT%H:%M:%S+00:00}</dc:date></item>"
        for one in made
    )
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{HOME}"><title>S</title><dc:language>id</dc:language></channel>{items}</rdf:RDF>'
    )


def json_feed(made: list[Made], version: str = "1.1") -> str:
    """JSON Feed."""
    authors = (
        {"authors": [{"name": "Rina Lestari"}]}
        if version == "1.1"
        else {"author": {"name": "Rina Lestari"}}
    )
    items = [
        {
            "id": f"{one.number}", "url": one.address, "title": one.title, "summary": one.summary,
            "content_html": one.whole, "date_published": f"{one.at:%Y-%m-%dT%H:%M:%S.000Z}",
            "tags": ["Laut"],
        } | authors
        for one in made
    ]  # fmt: skip
    feed = {"version": f"https://jsonfeed.org/version/{version}", "title": "S", "language": "id"}
    return json.dumps(feed | {"items": items}, ensure_ascii=False)


def wordpress(made: list[Made]) -> str:
    """What /wp-json/wp/v2/posts answers."""
    posts = [
        {
            "id": one.number, "date": "2018-09-20T09:22:43", "link": one.address,
            "date_gmt": f"{one.at:%Y-%m-%dT%H:%M:%S}", "modified_gmt": f"{one.at:%Y-%m-%dT%H:%M:%S}",
            "guid": {"rendered": f"{HOME}/?p={one.number}"},
            "title": {"rendered": escape(one.title)}, "content": {"rendered": one.whole, "protected": False},
            "excerpt": {"rendered": f"<p>{escape(one.summary)}</p>\n"},
            "_embedded": {"author": [{"name": "Rina Lestari"}]},
        }
        for one in made
    ]  # fmt: skip
    return json.dumps(posts)
