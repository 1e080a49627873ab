"""Searches that a person types, against running text in ten languages."""

import unicodedata
from collections.abc import Iterator

import icu
import pytest
from archive_tellings import put, story

from archive import Archive, open_archive
from archive.searching.search import search
from query import parse

BURMESE = (
    "တရုတ်-အာဆီယံ သတင်းအချက်အလက် ဆိပ်ကမ်းဖိုရမ်ကို နန်နင်းမြို့တွင် ယနေ့ ဖွင့်လှစ်ခဲ့သည်။ နိုင်ငံပေါင်း ဆယ်နိုင်ငံမှ ကုမ္ပဏီများ တက်ရောက်ကြသည်။"
)
TEXTS = {
    "id": "NANNING (IndoTelko) - Forum Pelabuhan Informasi Tiongkok-ASEAN dibuka hari Jum'at.",
    "ms": "NANNING - Forum Pelabuhan Maklumat China-ASEAN dibuka pada hari Khamis.",
    "en": "The forum of the Information\nHarbor opened; the Information — Harbor's platforms grew.",
    "fil": "Binuksan sa Nanning ang porum ng Daungan ng Impormasyon ng Tsina at ASEAN.",
    "vi": "Diễn đàn Cảng thông tin Trung Quốc-ASEAN khai mạc tại Nam Ninh.",
    "zh": "本报南宁电：第三届中国—东盟信息港论坛昨日在南宁开幕，港口与数字经济成为焦点。",
    "zh-Hant": "【南寧訊】中國—東協資訊港建設論壇今日登場，與會者關注數位經濟。",
    "th": "การประชุมท่าเรือสารสนเทศจีน-อาเซียนเปิดขึ้นที่หนานหนิงเมื่อวานนี้",
    "lo": "ກອງປະຊຸມທ່າເຮືອຂໍ້ມູນຂ່າວສານຈີນ-ອາຊຽນໄຂຂຶ້ນທີ່ນະຄອນໜານໜິງໃນມື້ນີ້",
    "km": "វេទិកាកំពង់ផែព័ត៌មានចិន-អាស៊ានបានបើកនៅទីក្រុងណាននីងនៅថ្ងៃនេះ។",
    "my": BURMESE,
    "zawgyi": icu.Transliterator.createInstance("my-Zawgyi").transliterate(BURMESE),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, dict[int, str]]]:
    """Give an archive with one story for each text, and which is which."""
    archive = open_archive(f"sqlite:///{tmp_path_factory.mktemp('golden')}/archive.db")
    with archive.write() as db:
        names = {}
        for name, text in TEXTS.items():
            language = {"zawgyi": "my", "zh-Hant": "zh"}.get(name, name)
            names[put(db, story(name, "Berita", text, language=language))] = name
    yield archive, names
    archive.close()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("信息", "zh"),
        ("东盟", "zh"),
        ("港", "zh zh-Hant"),
        ("港口", "zh"),
        ("论坛", "zh zh-Hant"),
        ("論壇", "zh zh-Hant"),
        ("中國", "zh zh-Hant"),
        ("中国东盟", "zh"),
        ("中国－东盟信息港", "zh"),
        ("东协资讯港", "zh-Hant"),
        ("数位经济", "zh-Hant"),
        ("电第", ""),
        ("อาเซียน", "th"),
        ("สารสนเทศจีน", "th"),
        ("จีนอาเซียน", "th"),
        ("จีน - อาเซียน", "th"),
        ("ອາຊຽນ", "lo"),
        ("ຂໍ້ມູນ", "lo"),
        ("ຫນານຫນິງ", "lo"),
        ("អាស៊ាន", "km"),
        ("ព័ត៌មាន", "km"),
        ("អាឤាន", ""),
        ("အာဆီယံ", "my zawgyi"),
        ("သတင်းအချက်အလက်", "my zawgyi"),
        ("ဆိပ်ကမ်း", "my zawgyi"),
        ("Cảng thông tin", "vi"),
        (unicodedata.normalize("NFD", '"Cảng thông tin"'), "vi"),
        ('"Cang thong tin"', ""),
        ('"Information Harbor"', "en"),
        ("Information-Harbor", "en"),
        ('"information harbor platforms"', "en"),
        ("jumat", "id"),
        ("Tiongkok-ASEAN", "id"),
        ("=Asean", ""),
        ('="Pelabuhan Maklumat"', "ms"),
        ("impor*", "fil"),
        ("Nanning lang:ms", "ms"),
        ("ASEAN", "id ms fil vi"),
        ("Tsina NEAR/5 Daungan", "fil"),
        ("Daungan ONEAR/5 Tsina", "fil"),
        ("Tsina ONEAR/5 Daungan", ""),
    ],
)
def test_a_search_finds_its_stories(
    told: tuple[Archive, dict[int, str]], text: str, wanted: str
) -> None:
    """Words are found inside running text, however the press writes them, and nothing else is."""
    archive, names = told
    with archive.read() as db:
        found = {names[one.story.id] for one in search(db, parse(text))}
    assert found == set(wanted.split())


def test_the_zawgyi_twin_is_written_in_other_letters() -> None:
    """The twin shares its code points with the original in another order: a true test."""
    for word in ("ဆိပ်ကမ်း", "သတင်းအချက်အလက်", "နိုင်ငံ"):
        assert word in TEXTS["my"]
        assert word not in TEXTS["zawgyi"]
