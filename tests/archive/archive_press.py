"""Thirty made-up stories in ten languages, of four outlets, over ten weeks."""

from dataclasses import replace
from datetime import timedelta

from archive_tellings import NOON, dated, put, story
from sqlalchemy import Connection

from news import Mention, Story

#: by language: headline and body; the harbor is named in all of them
HARBOR = {
    "id": ("Forum pelabuhan informasi dibuka", "NANNING - Forum Pelabuhan Informasi dibuka."),
    "ms": ("Forum pelabuhan maklumat dibuka", "NANNING - Forum Pelabuhan Maklumat dibuka."),
    "en": ("Harbor forum opens in Nanning", "Ten ministers came. The harbor is open."),
    "zh": ("信息港论坛开幕", "本报南宁电：信息港论坛昨日开幕。"),
    "vi": ("Diễn đàn cảng thông tin khai mạc", "NAM NINH - Cảng thông tin mở cửa."),
    "th": ("เปิดการประชุมท่าเรือสารสนเทศ", "หนานหนิง - ท่าเรือสารสนเทศเปิดแล้ว"),
    "km": ("បើកវេទិកាកំពង់ផែព័ត៌មាន", "ណាននីង - កំពង់ផែព័ត៌មានបានបើក។"),
    "lo": ("ໄຂກອງປະຊຸມທ່າເຮືອຂໍ້ມູນ", "ໜານໜິງ - ທ່າເຮືອຂໍ້ມູນໄຂແລ້ວ"),
    "my": ("သတင်း ဆိပ်ကမ်းဖိုရမ် ဖွင့်လှစ်", "နန်နင်း - သတင်း ဆိပ်ကမ်းကို ဖွင့်လှစ်ခဲ့သည်။"),
    "fil": ("Binuksan ang porum ng daungan", "NANNING - Binuksan ang Daungan ng Impormasyon."),
}
#: a word of each language's story that stands in running text
WORD = {
    "id": "informasi",
    "ms": "maklumat",
    "en": "harbor",
    "zh": "信息港",
    "vi": '"cảng thông tin"',
    "th": "สารสนเทศ",
    "km": "ព័ត៌មាន",
    "lo": "ຂໍ້ມູນ",
    "my": "ဆိပ်ကမ်း",
    "fil": "daungan",
}
OUTLETS = ("indotelko", "antara", "nanning-times", "mekong-post")
COUNTRIES = {"id": "ID", "ms": "MY", "en": "SG", "zh": "CN", "vi": "VN"} | {
    "th": "TH",
    "km": "KH",
    "lo": "LA",
    "my": "MM",
    "fil": "PH",
}


def press() -> list[Story]:
    """Return three stories a language, a day apart from one to the next."""
    made = []
    for at, language in enumerate(language for _ in range(3) for language in HARBOR):
        title, body = HARBOR[language]
        seen = NOON + timedelta(days=2 * at)
        outlet = OUTLETS[at % len(OUTLETS)]
        made.append(
            replace(
                story(f"{language}-{at}", f"{title} {at}", f"{body}\nNo. {at} {language}desk"),
                language=language,
                country=COUNTRIES[language],
                outlet=outlet,
                source=f"{outlet}/feed",
                first_seen_at=seen,
                published=dated(seen - timedelta(hours=1)),
                history=at < 5,
                mentions=(mention("caih", title),) if at % 2 else (),
            )
        )
    return made


def mention(topic: str, title: str) -> Mention:
    words = title[:6]
    return Mention(
        topic=topic, field="title", start=0, end=6, words=words, clause=words, sentence=title
    )


def print_all(db: Connection) -> list[int]:
    """Archive them all; returns their numbers."""
    return [put(db, said) for said in press()]
