"""Releases: what a text says of being one, in ten languages, and what it does not say."""

import pytest
from pipelines_tellings import HARBOR, LANGUAGES, text

from pipelines.releases import release_words

LABELS = {
    "id": "Siaran Pers",
    "ms": "SIARAN AKHBAR",
    "en": "FOR IMMEDIATE RELEASE",
    "zh": "【新闻稿】",
    "vi": "Thông cáo báo chí:",
    "th": "ข่าวประชาสัมพันธ์",
    "km": "សេចក្តីប្រកាសព័ត៌មាន",
    "lo": "ຖະແຫຼງການຂ່າວ",
    "my": "သတင်းထုတ်ပြန်ချက်",
    "fil": "Pahayag sa Pahayagan",
}
#: sentences that only speak of releases
SPOKEN = {
    "id": "Menteri mengatakan dalam siaran pers bahwa jalur itu dibuka bulan depan.",
    "en": "The ministry said in a press release that the line opens next month.",
    "zh": "该部在一份新闻稿中表示，这条线路将于下月开通。",
    "vi": "Bộ cho biết trong thông cáo báo chí rằng tuyến sẽ mở vào tháng sau.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["headline", "above", "below"])
def test_a_label_tells_a_release(language: str, place: str) -> None:
    """A label in the headline, above or below the text makes it a release."""
    body, label = text(HARBOR[language], language), LABELS[language]
    title = label if place == "headline" else "Judul"
    bodies = {"above": f"{label}\n{body}", "below": f"{body}\n{label}"}
    assert release_words(title, bodies.get(place, body))


@pytest.mark.parametrize("wire", ["/PRNewswire/", "(Media OutReach Newswire)", "/美通社/"])
def test_a_wire_in_the_dateline_tells_a_release(wire: str) -> None:
    """Release wires sign in the dateline."""
    assert release_words("Judul", f"NANNING, 18 Sept. 2018 {wire} -- {text(HARBOR['en'], 'en')}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_no_release(language: str) -> None:
    """A text without such words, or that speaks of another's release, is none."""
    body = text(HARBOR[language], language)
    assert release_words("Judul", f"{SPOKEN.get(language, '')} {body}") == ""
