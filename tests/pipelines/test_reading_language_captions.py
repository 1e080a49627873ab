"""Captions and headlines full of foreign names are in the language of the words between them."""

import pytest

from pipelines.reading.languages import detect

CAPTIONS = [
    ("id", "Penyanyi Amber Whitlock (kanan) memeluk Shannon Delgado saat berpose di karpet merah Golden Lantern Awards ke-58 di Harrington Center, Los Angeles, Senin (15/2). (REUTERS / Danny Marshall)"),
    ("id", "Aktor Ryan Castlebury dan sutradara Michelle Thornton tiba di Royal Albert Hall, London, Minggu (3/3), untuk menghadiri Silver Screen Film Awards. (AFP/Justin Waterman)"),
    ("id", "Presiden Real Northgate FC Steven Bradshaw bersama pelatih Marcus Holloway dalam konferensi pers di Emirates Riverside Stadium, Manchester, Jumat (7/6). (AP Photo/Kirsty Wallace)"),
    ("id", "CEO Blue Orchid Technologies Jonathan Whitaker memperkenalkan smartphone Orchid Phone X Pro Max pada World Mobile Congress di Barcelona, Selasa (27/2)."),
    ("id", "Grup musik The Paper Lanterns yang beranggotakan Sophie Blackwell, Harry Dunmore dan Oliver Kingsley tampil pada Summer Sound Festival di Hyde Park."),
    ("id", "Petenis Victoria Hartmann mengembalikan bola kepada Elizabeth Stonebridge pada final tunggal putri Sydney International Open di Ken Rosewood Arena, Sabtu (12/1)."),
    ("id", "Co-founder Sunrise Cloud Andrew McAllister (kiri) dan Managing Director Harbor Data Center Catherine Lloyd usai penandatanganan MoU di Singapore FinTech Festival."),
    ("ms", "Penyanyi Amber Whitlock (kanan) memeluk Shannon Delgado ketika bergambar di karpet merah Golden Lantern Awards di Harrington Center, Los Angeles, Isnin lalu. - Foto REUTERS/Danny Marshall"),
    ("ms", "Pengarah urusan Blue Orchid Technologies Jonathan Whitaker bersama Timbalan Presiden Harbor Data Center Catherine Lloyd selepas majlis di Kuala Lumpur Convention Centre, semalam."),
    ("ms", "Jurulatih Northgate United Marcus Holloway menyambut Steven Bradshaw selepas perlawanan menentang Riverside Rovers di Emirates Riverside Stadium, Manchester pada Ahad."),
    ("ms", "Pemain Victoria Hartmann membalas pukulan Elizabeth Stonebridge dalam perlawanan akhir Sydney International Open di Ken Rosewood Arena, Sabtu."),
    ("ms", "Pelakon Ryan Castlebury dan pengarah Michelle Thornton tiba di Royal Albert Hall, London untuk menghadiri majlis Silver Screen Film Awards pada Ahad."),
    ("vi", "Ca sĩ Amber Whitlock (phải) ôm Shannon Delgado trên thảm đỏ Golden Lantern Awards tại Harrington Center, Los Angeles. (Ảnh: REUTERS/Danny Marshall)"),
    ("vi", "CEO Blue Orchid Technologies Jonathan Whitaker giới thiệu Orchid Phone X Pro Max tại World Mobile Congress ở Barcelona hôm 27/2."),
    ("vi", "HLV Northgate United Marcus Holloway và Steven Bradshaw sau trận gặp Riverside Rovers trên sân Emirates Riverside Stadium."),
    ("fil", "Niyakap ni Amber Whitlock (kanan) si Shannon Delgado sa red carpet ng Golden Lantern Awards sa Harrington Center, Los Angeles nitong Lunes. (REUTERS/Danny Marshall)"),
    ("fil", "Ipinakilala ni Blue Orchid Technologies CEO Jonathan Whitaker ang Orchid Phone X Pro Max sa World Mobile Congress sa Barcelona."),
    ("fil", "Dumating sina Ryan Castlebury at Michelle Thornton sa Royal Albert Hall, London para sa Silver Screen Film Awards."),
    ("fil", "Si Victoria Hartmann habang kalaban si Elizabeth Stonebridge sa final ng Sydney International Open sa Ken Rosewood Arena."),
    ("en", "Singer Amber Whitlock (right) hugs Shannon Delgado on the red carpet of the Golden Lantern Awards at the Harrington Center in Los Angeles on Monday. (REUTERS / Danny Marshall)"),
    ("en", "President Joko Susilo and Minister Siti Nurbaya with Bupati Agus Hartono at Pasar Senen in Jakarta on Friday. (ANTARA FOTO/Budi Santoso)"),
    ("en", "Datuk Seri Ahmad Zaki and Tan Sri Lim Kok Wing at the Majlis Bandaraya Petaling Jaya in Kuala Lumpur. (Bernama)"),
    ("en", "Nguyen Van Thanh of Dai Viet Telecom and Sen. Maria Clara Dimaculangan at Bonifacio Global City, Taguig on Tuesday."),
    ("en", "Jalan Di Panjaitan and Jalan Ke Pantai were closed, Bank Negara and Telekom Malaysia said, as the Raja Permaisuri arrived."),
]  # fmt: skip


@pytest.mark.parametrize("outlet", [(), ("id", "ms", "en", "vi", "fil")], ids=["unknown", "all"])
@pytest.mark.parametrize(("language", "caption"), CAPTIONS)
def test_foreign_names_do_not_outvote_the_words_between_them(
    language: str, caption: str, outlet: tuple[str, ...]
) -> None:
    """A caption full of English names is told by its function words, and English by its own."""
    assert detect("", caption, outlet) == language


def test_at_is_the_filipino_and_too() -> None:
    """A word that two of the languages have speaks for neither."""
    headline = "Coach Tim Cone at Justin Brownlee wagi sa PBA finals"
    assert detect(headline, "", ("fil",)) == "fil"
