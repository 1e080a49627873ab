"""Whose text a story is, by its dateline, its credits and the code behind its last sentence."""

import pytest

from pipelines.reading.agencies import agency
from pipelines.reading.body.furniture import trim

BODY = "The harbor's new cable reached the border on Monday. " * 12

SIGNED = [
    ("ANTARA", "Kabel itu selesai. (T.KR-WNM)"),
    ("ANTARA", "Kabel itu selesai.\n(T.SYS/B/KR-BSR/H-YH)"),
    ("ANTARA", "Kabel itu selesai. (ANTARA/rig)"),
    ("ANTARA", "Kabel itu selesai.(Ant/rig)"),
    ("ANTARA", "Kabel itu selesai.\nCopyright © ANTARA 2024"),
    ("Bernama", "Kabel itu siap. -- BERNAMA"),
    ("Bernama", "Kabel itu siap. – Bernama"),
    ("VNA", "Tuyến cáp đã hoàn thành.\n(TTXVN/Vietnam+)"),
    ("VNA", "Tuyến cáp đã hoàn thành./.\n(Vietnam+)"),
    ("VNA", "The cable is ready.- VNA"),
    ("VNA", "The cable is ready. VNS"),
    ("TNA", "สายเคเบิลแล้วเสร็จ -สำนักข่าวไทย"),
    ("AKP", "ខ្សែកាបបានបញ្ចប់។ (AKP)"),
    ("AKP", "ខ្សែកាបបានបញ្ចប់៕\nដោយ៖ ទីភ្នាក់ងារសារព័ត៌មានកម្ពុជា"),
    ("KPL", "ສາຍເຄເບິນສຳເລັດແລ້ວ. (ຂປລ)"),
    ("KPL", "The cable is ready.\nKPL"),
    ("MNA", "ကေဘယ်ကြိုး ပြီးစီးသည်။ (သတင်းစဉ်)"),
    ("MNA", "The cable is ready. — MNA"),
    ("MNA", "The cable is ready. GNLM"),
    ("PNA", "The cable is ready. (PNA)"),
    ("PNA", "Handa na ang kable. (With a report from a bureau/PNA)"),
    ("Xinhua", "The cable is ready. Enditem"),
    ("Xinhua", "电缆已经完工。（新华社）"),
    ("Xinhua", "电缆已经完工。（新华社记者韦晓岚）"),
    ("China News Service", "电缆已经完工。(中新社)"),
    ("China News Service", "The cable is ready. (ECNS)"),
    ("CNA", "電纜已經完工。（編輯：林小雨）1130918"),
    ("PRNewswire", "The cable is ready.\nSOURCE Harbor Cable Co., Ltd.\n/PRNewswire/"),
    ("Tatoli", "The cable is ready.\nTATOLI"),
    ("AFP", "The cable is ready. — AFP"),
    ("Reuters", "The cable is ready. (Reuters)"),
    ("Kyodo", "The cable is ready. – Kyodo"),
]

UNSIGNED = [
    "Kabel itu selesai.(wn)",
    "Kabel itu selesai. (ap)",
    "Kabel itu selesai. (esy/jpnn)",
    "Jaraknya jauh (antara Nanning dan Hanoi)",
    "Harganya beragam (antara lain lima juta rupiah).",
    "The minister spoke to Reuters.",
    "电缆已经完工。（责任编辑：韦晓岚）",
    "The cable is ready. (T. Widodo)",
    "Tiket dijual (T.1)",
    "Enditem was the name of the ship.",
]


@pytest.mark.parametrize(("name", "end"), SIGNED)
def test_a_code_behind_the_last_sentence_tells_the_agency(name: str, end: str) -> None:
    """What an agency signs with at the end of a text is told as its name, whoever prints it."""
    assert agency(BODY + end) == name
    assert agency(f"{BODY}{end}\n") == name


@pytest.mark.parametrize("end", UNSIGNED)
def test_a_reporters_code_is_no_agencys(end: str) -> None:
    """Initials, editors and words like "antara" (between) tell no agency, at either end."""
    assert agency(BODY + end) == ""
    assert agency(f"{end}\n{BODY}") == ""


def test_initials_within_the_last_sentence_sign_nothing() -> None:
    """A short form that explains a name stands within a sentence, and is no signature."""
    assert agency(f"{BODY}The cable was laid by Alpha Partners (AP)") == ""
    assert agency(f"{BODY}It was laid by Alpha Partners (AP) and tested twice.") == ""


def test_an_agencys_code_is_no_part_of_the_text() -> None:
    """(T.KR-WNM) is cut from the body as other codes are; what explains a name stays."""
    assert trim(f"{BODY}Kabel itu selesai. (T.KR-WNM)", ()).text.endswith("selesai.")
    assert trim(f"{BODY}Kabel milik Telkom (T.1)", ()).text.endswith("(T.1)")
