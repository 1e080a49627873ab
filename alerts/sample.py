"""A digest to look at before there is any news: ten languages, six scripts, every kind of card.

All outlets and texts are invented; the addresses lead nowhere.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from alerts.compose import compose
from alerts.matches import Match, Told
from alerts.views import ledger_line
from alerts.wording import wording_for
from archive.collecting.ledger import Checked
from news import Digest, Fact, Subscriber, Telling

_NOON = datetime(2018, 9, 20, 5, 0, tzinfo=UTC)

_OUTLETS = {
    "id": "Kabar Digital",
    "ms": "Warta Rangkaian",
    "en": "Strait Technology Review",
    "zh": "南岸数字报",
    "vi": "Tin Số Phương Nam",
    "th": "ข่าวดิจิทัลสยาม",
    "km": "ព័ត៌មានបច្ចេកវិទ្យា",
    "lo": "ຂ່າວດິຈິຕອນ",
    "my": "နည်းပညာသတင်း",
    "fil": "Balitang Digital",
}

_FORUM = {
    "id": "Forum Pelabuhan Informasi Tiongkok-ASEAN ketiga dibuka di Nanning",
    "en": "Third China-ASEAN Information Harbor Forum opens in Nanning",
    "zh": "第三届中国—东盟信息港论坛在南宁开幕，三十五个项目签约",
    "vi": "Diễn đàn Cảng thông tin Trung Quốc - ASEAN lần thứ ba khai mạc tại Nam Ninh",
    "th": "เปิดการประชุมท่าเรือสารสนเทศจีน-อาเซียน ครั้งที่ 3 ที่นครหนานหนิง",
    "my": "တရုတ်-အာဆီယံ သတင်းအချက်အလက် ဆိပ်ကမ်း ဖိုရမ် နန်နင်းမြို့၌ ဖွင့်လှစ်",
}

_CABLE = {
    "km": "ខ្សែកាបអុបទិកក្រោមបាតសមុទ្រថ្មីនឹងតភ្ជាប់ក្រុងព្រះសីហនុទៅហុងកុង",
    "lo": "ສາຍເຄເບີນໃຍແກ້ວນຳແສງໃໝ່ຈະເຊື່ອມຕໍ່ວຽງຈັນກັບຄຸນໝິງ",
}

_PORT = {
    "ms": "Terminal barat pelabuhan Kuantan tambah dua dermaga untuk koridor darat-laut",
    "zh": "陆海新通道新增两条铁海联运班列",
}

_SENTENCES = {
    "id": "Sebanyak 35 proyek diteken pada pembukaan forum Pelabuhan Informasi Tiongkok-ASEAN.",
    "en": "Officials signed 35 projects as the China-ASEAN Information Harbor forum opened.",
    "zh": "中国—东盟信息港论坛开幕当天，各方共签署三十五个合作项目，总投资超过二百亿元。",
    "km": "ខ្សែកាបអុបទិក មានប្រវែង ២៤០០ គីឡូម៉ែត្រ។",
    "ms": "Dua dermaga baharu di Kuantan menyokong koridor darat-laut dengan 53 pelayaran sebulan.",
}

#: what the Khmer sentence says
_CABLE_LENGTH = Fact(kind="count", value=2400.0, unit="km", text="២៤០០ គីឡូម៉ែត្រ")

_RAIL = "陆海新通道本月新增两条班列，每周共发五十三列。"

_HIT_WORDS = {
    "id": ("Pelabuhan Informasi",),
    "en": ("China-ASEAN", "Information Harbor"),
    "zh": ("中国—东盟信息港", "合作项目", "陆海新通道"),
    "km": ("ខ្សែកាបអុបទិក",),
    "ms": ("koridor darat-laut",),
}


def sample_digest(subscriber: Subscriber, at: datetime) -> Digest:
    """Return a sample digest for the subscriber, in the subscriber's language and zone."""
    told = Told(
        stories={90: 1, 95: 1},
        events=frozenset({4, 5}),
        facts={90: (_count("35 pelayaran", 35),)},
        instant=frozenset({5}),
        event_of={90: 4, 95: 5},
    )
    matches = [*_forum(), *_cable(), *_port(), *_single()]
    speaking = Subscriber(
        id=subscriber.id,
        name=subscriber.name,
        zone=subscriber.zone,
        language=subscriber.language,
        targets=subscriber.targets,
        watches=subscriber.watches,
        when_empty="say",
    )
    checked = Checked(
        sources=214,
        silent=(("selat/feed", "HTTP 403"), ("telko/feed", "HTTP 503")),
        outcomes=("blocked", "temporary"),
    )
    ledger = ledger_line(checked, wording_for(subscriber.language))
    digest = compose(speaking, f"sample:{at.isoformat()}", at, matches, told, ledger)
    assert digest is not None  # "say" always gives one
    return digest


def _forum() -> list[Match]:
    facts = (
        Fact(kind="money", value=20e9, unit="CNY", text="RMB20 miliar"),
        _count("35 proyek", 35),
    )
    found = [
        _match(number, 1, language, title, facts=facts, topics=("bri", "caih", "dsr"))
        for number, (language, title) in enumerate(_FORUM.items(), start=1)
    ]
    copied = "Forum Pelabuhan Informasi China-ASEAN ketiga dibuka di Nanning"
    return [*found, _match(20, 1, "id", copied, outlet="Portal Jateng", copy_of=1)]


def _cable() -> list[Match]:
    return [
        _match(number, 2, language, title, topics=("dsr",), facts=(_CABLE_LENGTH,))
        for number, (language, title) in enumerate(_CABLE.items(), start=40)
    ]


def _port() -> list[Match]:
    """Return an update: a fact of a told story changed."""
    changed = _match(
        90,
        4,
        "ms",
        _PORT["ms"],
        revision=2,
        topics=("ilstc",),
        facts=(_count("53 pelayaran", 53),),
    )
    return [changed, _match(91, 4, "zh", _PORT["zh"], topics=("ilstc",), told_in=_RAIL)]


def _single() -> list[Match]:
    """Return a late story, and one that was sent at once."""
    fil = "Ika-3 na China-ASEAN Information Harbor Forum, binuksan sa Nanning"
    en = "Data centre park in Guangxi takes its first tenants"
    return [
        _match(60, 6, "fil", fil, topics=("caih",), late=True),
        _match(95, 5, "en", en, topics=("caih",)),
    ]


def _match(
    number: int,
    event: int,
    language: str,
    title: str,
    *,
    outlet: str = "",
    revision: int = 1,
    copy_of: int | None = None,
    facts: Sequence[Fact] = (),
    topics: tuple[str, ...] = (),
    late: bool = False,
    told_in: str | None = None,
) -> Match:
    seen = _NOON - timedelta(minutes=7 * (60 - number % 60))
    sentence = _SENTENCES.get(language, "") if told_in is None else told_in
    story = Telling(
        story=number,
        revision=revision,
        outlet=outlet or language,
        outlet_name=outlet or _OUTLETS[language],
        language=language,
        title=title,
        address=f"https://{language}.harborwatch.example/read/{number}",
        published_at=seen - timedelta(days=9 if late else 0, minutes=4),
        published_precision="minute",
        first_seen_at=seen,
        copy_of=copy_of,
        copy_kind="reprint" if copy_of else "",
    )
    hits = tuple(
        (sentence.index(word), sentence.index(word) + len(word))
        for word in _HIT_WORDS.get(language, ())
        if word in sentence
    )
    return Match(
        story=story,
        event=event,
        topics=topics,
        facets=("Network infrastructure", "Economic and trade services")
        if "caih" in topics
        else (),
        tier=1 if "caih" in topics else 2,
        watch="Information Harbor",
        sentence=sentence,
        hits=hits,
        facts=tuple(facts),
        late=late,
    )


def _count(text: str, number: float) -> Fact:
    return Fact(kind="count", value=number, what="projects", known=True, text=text)
