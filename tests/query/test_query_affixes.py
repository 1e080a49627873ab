"""Which words are affixed forms of a root, in Indonesian and Malay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query import Document, match, parse
from query.affixes import SUFFIXES, heads, is_affixed

#: root: forms that must be known, of every prefix, suffix and change of sound
FORMS = {
    "kerja": "kerja bekerja pekerja pekerjaannya mengerjakan dikerjakan mempekerjakan kerjalah",
    "tulis": "menulis penulis tulisan penulisan tertulis ditulis bertuliskan kepenulisan",
    "pukul": "memukul pemukul dipukuli terpukul pukulanmu",
    "sapu": "menyapu penyapu disapu menyapukan",
    "kirim": "mengirim pengiriman dikirimkan terkirim mengirimkannya",
    "kaji": "mengkaji pengkajian kajian dikaji",
    "ajar": "belajar pelajar mengajar pengajar diajarkan mempelajari pembelajaran terpelajar",
    "luruh": "menyeluruh keseluruhan seluruhnya",
    "laras": "menyelaraskan penyelarasan diselaraskan",
    "hasil": "berhasil keberhasilan menghasilkan berpenghasilan",
    "satu": "bersatu persatuan mempersatukan dipersatukan pemersatu menyatukan",
    "daya": "memberdayakan diberdayakan pemberdayaan",
    "lanjut": "berkelanjutan keberlanjutan melanjutkan selanjutnya",
    "bom": "mengebom pengeboman dibom",
    "rasa": "merasa terasa perasaan dirasakan",
    "niaga": "berniaga perniagaan peniaga",
    "muka": "mengemukakan dikemukakan terkemuka permukaan",
    "adil": "keadilan ketidakadilan pengadilan peradilan mengadili",
    "pimpin": "memimpin pemimpin kepemimpinan dipimpin",
    "tahu": "mengetahui diketahui pengetahuan berpengetahuan",
    "buka": "membuka pembukaan terbuka keterbukaan dibukakah",
    "percaya": "tepercaya terpercaya kepercayaan memercayai mempercayai",
    "ekspor": "mengekspor pengekspor diekspor ekspornya",
    "fokus": "memfokuskan difokuskan",
    "kerjasama": "bekerjasama kerjasamanya",
    "upload": "mengupload diupload",
}
OTHERS = {
    "kerja": "kerjasama kerjaya kerjo sekerjap",
    "rja": "kerjasama",
    "ada": "padat badan sedang kepada",
    "main": "domain",
    "ubah": "rubah tubuh",
    "ikan": "iklan mengiklankan",
    "sama": "samarata kerjasama",
    "port": "transport export airport",
}


@pytest.mark.parametrize(("root", "forms"), FORMS.items())
def test_a_root_finds_its_forms(root: str, forms: str) -> None:
    """Every affixed form of the grammar books is found by its root."""
    assert [form for form in forms.split() if not is_affixed(root, form)] == []


@pytest.mark.parametrize(("root", "others"), OTHERS.items())
def test_a_root_finds_no_other_words(root: str, others: str) -> None:
    """Words that only hold the letters of a root, and compounds, are not its forms."""
    assert [other for other in others.split() if is_affixed(root, other)] == []


@given(
    st.sampled_from(sorted(FORMS)) | st.text("abegikmnprsty", min_size=3, max_size=7), st.data()
)
def test_what_is_made_is_recognised(root: str, data: st.DataObject) -> None:
    """Whatever the rules make of a root is a form of it: the index is asked for no less."""
    head = data.draw(st.sampled_from(sorted(heads(root))))
    assert is_affixed(root, head + data.draw(st.sampled_from(sorted(SUFFIXES))))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Kerja-kerja itu dikerjakan.", 3),
        ("Pekerja bekerja; pekerjaannya selesai.", 3),
        ("Mereka bekerja sama dalam kerjasama.", 1),
        ("BEKERJA!", 1),
    ],
)
def test_doubled_words_and_signs_need_no_rule(text: str, times: int) -> None:
    """~root marks each form in the text, doubled ones twice, whatever their case."""
    story = Document.of(title="", body=text)
    found = match(parse("~kerja"), story)
    assert found is not None
    assert len(found.hits) == times
    assert match(parse(f"{{{times}}}~kerja"), story) is not None
    assert match(parse(f"{{{times + 1}}}~kerja"), story) is None
