"""A mail's size is told before it is rendered, and its cut found in one rendering."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_alerts_render import NOW, SENDER, TARGET, card, digest, telling

from alerts import columns
from alerts.links import Links
from alerts.render import BRIEFS, CARDS, LARGEST, _Mail
from alerts.signing import Signer
from alerts.views import view
from alerts.weight import quoted_is_shorter, weights
from alerts.wording import LANGUAGES, wording_for
from news import Digest, Fact

SAID = {
    "id": "Forum digelar di Nanning, dihadiri pejabat dari sepuluh negara; 35 proyek diteken. ",
    "en": "The forum opened in Nanning with officials of ten countries; 35 projects signed. ",
    "zh": "论坛在南宁开幕，三十五个项目签约，来自十国的官员和企业家出席。",
    "vi": "Diễn đàn khai mạc tại Nam Ninh với 35 dự án và quan chức mười nước. ",
    "th": "การประชุมเปิดที่หนานหนิง มีโครงการสามสิบห้าโครงการ ",
    "ms": "Forum dibuka di Nanning bersama pegawai sepuluh negara; 35 projek dimeterai. ",
    "km": "វេទិកាបានបើកនៅណាននីង ជាមួយមន្ត្រីមកពីដប់ប្រទេស។ ",
    "lo": "ເວທີໄດ້ເປີດຢູ່ໜານໜິງ ມີເຈົ້າໜ້າທີ່ຈາກສິບປະເທດ. ",
    "my": "ဖိုရမ်ကို နန်နင်းတွင် ဖွင့်လှစ်ခဲ့ပြီး ဆယ်နိုင်ငံမှ တက်ရောက်သည်။ ",
    "fil": "Binuksan ang porum sa Nanning kasama ang mga opisyal ng sampung bansa. ",
}


def flood(language: str, events: int, lines: int, link: str) -> Digest:
    said = SAID[language]
    cards = []
    for event in range(events):
        told = [
            telling(n, title=said, language=language, address=f"https://o.example/{link}{n}")
            for n in range(lines)
        ]
        one = card(*told, sentence=said * 2, sentence_language=language, hits=((4, 9), (12, 18)))
        facts = (Fact(kind="count", value=35, text=said[:20]),) * 3
        cards.append(replace(one, event=event, facts=facts, topics=("bri", "caih")))
    return digest(*cards)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("lines", [1, 4, 9])
def test_signed_links_are_counted_too(language: str, lines: int) -> None:
    """With links by which a reader judges each card, the cut is still found in one rendering."""
    of = flood(language, 120, lines, "read/2018/09/")
    of = replace(of, subscriber=replace(of.subscriber, language=language))
    links = Links(url="https://news.example.org", signer=Signer(key=b"k" * 64), now=NOW)
    mail = _Mail(digest=of, sender=SENDER, target=TARGET, now=NOW, thread=None, links=links)
    cards = mail.fitting()
    size = len(mail.holding(cards, BRIEFS).message)
    rest, each = weights(view(of, wording_for(language), CARDS, BRIEFS, links))
    told = sum(each[:cards], rest).bytes()
    assert 1 <= cards < CARDS
    assert 0.8 * told < size <= min(told * 1.01 + 1000, LARGEST)
    assert size + each[cards].bytes() * 1.2 > 0.85 * LARGEST


@pytest.mark.parametrize("language", sorted(SAID))
@pytest.mark.parametrize(("lines", "link"), [(1, ""), (4, "read/2018/09/"), (9, "=&" * 40)])
def test_the_cut_is_found_in_one_rendering(language: str, lines: int, link: str) -> None:
    """What is counted to fit does, with little room left: no digest is rendered twice."""
    of = flood(language, 120, lines, link)
    mail = _Mail(digest=of, sender=SENDER, target=TARGET, now=NOW, thread=None)
    cards = mail.fitting()
    size = len(mail.holding(cards, BRIEFS).message)
    rest, each = weights(view(of, wording_for("en"), CARDS, BRIEFS))
    told = sum(each[:cards], rest).bytes()
    assert 1 <= cards < CARDS
    assert 0.8 * told < size <= min(told * 1.01 + 1000, LARGEST)
    assert size + each[cards].bytes() * 1.2 > 0.85 * LARGEST


@pytest.mark.parametrize("language", sorted(SAID))
def test_each_part_has_its_shorter_encoding(language: str) -> None:
    """Plain Latin text is quoted-printable, what has many marks or another script base64."""
    latin = language in {"id", "ms", "en", "fil"}
    assert quoted_is_shorter(SAID[language] * 9) == latin


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="abc de fgh-é ế’…(),. ", max_size=200),
    st.integers(5, 72),
    st.sampled_from(["", "- ", "   | "]),
)
def test_plain_text_wraps_as_any_other(text: str, wide: int, lead: str) -> None:
    """The quick way for Latin letters breaks lines where the way for all scripts does."""
    whole = " ".join(text.split())
    slow = columns._wrap_clusters(whole, wide, lead, lead)
    assert columns.wrap(text, wide, lead, lead) == slow
