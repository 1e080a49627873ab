import pytest

from pipelines.reading.languages import detect

TEXTS = {
    "id": "Pemerintah mengatakan bahwa proyek kabel laut itu akan selesai tahun depan karena dana sudah tersedia. Perusahaan akan bekerja sama dengan kantor provinsi.",
    "ms": "Kerajaan berkata projek kabel dasar laut itu akan siap tahun depan kerana peruntukan telah diluluskan. Syarikat akan bekerjasama dengan pejabat negeri.",
    "en": "The government said the submarine cable project would be finished next year because the funds had been approved.",
    "vi": "Chính phủ cho biết dự án cáp biển sẽ hoàn thành vào năm tới vì nguồn vốn đã được phê duyệt.",
    "fil": "Sinabi ng pamahalaan na matatapos sa susunod na taon ang proyekto ng kable sa dagat dahil naaprubahan na ang pondo.",
    "zh": "政府表示，海底电缆项目将于明年完工，资金已经到位。", "th": "รัฐบาลระบุว่าโครงการเคเบิลใต้น้ำจะแล้วเสร็จในปีหน้า",
    "km": "រដ្ឋាភិបាលបានថ្លែងថា គម្រោងខ្សែកាបក្រោមសមុទ្រនឹងបញ្ចប់នៅឆ្នាំក្រោយ", "lo": "ລັດຖະບານກ່າວວ່າໂຄງການສາຍເຄເບິນໃຕ້ນ້ຳຈະສຳເລັດໃນປີໜ້າ",
    "my": "အစိုးရက ပင်လယ်ရေအောက် ကေဘယ်လ်စီမံကိန်း လာမည့်နှစ်တွင် ပြီးစီးမည်ဟု ပြောကြားသည်။",
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_each_language_is_told(language):
    """Each of the ten is told from title and lead, whatever else the outlet writes in."""
    for outlet in ((language,), (language, "en"), ("id", "ms", "en", "vi", "fil")):
        assert detect(TEXTS[language][:60], TEXTS[language], outlet) == language


def test_names_in_another_script_do_not_change_it():
    """Latin names inside Thai, or a Chinese name inside Indonesian, leave the language as it is."""
    assert detect("Huawei และ Alibaba Cloud ร่วมมือกับ CAT Telecom", TEXTS["th"], ("th",)) == "th"
    assert detect("Forum 中国—东盟信息港 dibuka", TEXTS["id"], ("id",)) == "id"


@pytest.mark.parametrize(
    "text",
    [
        "これは日本語の記事です。政府は来年に完成すると発表した。",
        "정부는 해저 케이블 사업이 내년에 끝난다고 밝혔다",
        "Правительство сообщило о проекте",
        "",
        "2018 – 123",
    ],
)
def test_other_languages_are_none_of_ours(text):
    """A language that is not ours, or no language at all, is ""."""
    assert detect(text, "", ("zh", "id")) == ""


@pytest.mark.parametrize(
    "noise", ["\ud800 x", "\x00\x01 forum", "\ufffe\uffff", "\U0010ffff", "a" * 5000]
)
def test_noise_breaks_nothing(noise):
    """Characters that no text has are passed over."""
    assert detect(noise, noise, ("id",)) in {"id", ""}


@pytest.mark.parametrize(
    "title",
    [
        "Tarif listrik naik, pemerintah: karena harga gas",
        "Kerajaan negeri rasmi kabel baharu, kata menteri",
    ],
)
def test_a_headline_alone_never_tells_indonesian_from_malay(title):
    """Without running text the outlet decides; where it writes neither of the two, nothing is told."""
    assert detect(title, "", ("ms", "en")) == "ms"
    assert detect(title, "", ("id", "en")) == "id"
    assert detect(title, "", ("id", "ms")) == "id"
    assert detect(title, "", ("ms", "id", "en")) == "ms"
    assert detect(title, "", ()) == ""


@pytest.mark.parametrize(("language", "title"), [
    ("th", "Huawei Cloud จับมือ True IDC และ AIS Business"),
    ("lo", "Lao Telecom ຮ່ວມມື Huawei Technologies"),
    ("km", "Cellcard និង Huawei Cambodia សហការ"),
    ("my", "Wave Money နှင့် Huawei Myanmar"),
])  # fmt: skip
def test_names_of_firms_do_not_outvote_the_outlets_script(language, title):
    """A headline half full of Latin names is in the script that its outlet writes."""
    assert detect(title, "", (language, "en")) == language


def test_a_chinese_name_in_brackets_leaves_english_english():
    """An English headline that gives a name in Chinese too stays English for an outlet of both."""
    assert (
        detect("New port opens in Qinzhou (钦州港) for fruit from ASEAN", "", ("zh", "en")) == "en"
    )


def test_zawgyi_is_burmese_too():
    """Burmese is told in either order of its letters."""
    assert detect("ျမန္မာႏိုင္ငံ သတင္း", "အစိုးရက ေျပာၾကားသည္။", ("my", "en")) == "my"
