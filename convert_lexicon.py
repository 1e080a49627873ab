"""Turn the raw lexicon into topic files and gazetteer files, once.

Run as ``python convert_lexicon.py path/to/lexicon.json``; it writes
``query/topics/*.toml`` and ``query/names/*.toml``, which are the truth from
then on. What a machine can decide stands in the functions; what a reader of
the press must decide stands in the tables HAND_TOPICS and HAND_NAMES.

The rules:

- A form that was seen and carries no doubt is sure.
- A form marked ambiguous, and any form named in a hand-made group, needs company.
- A guess is sure only if the lexicon saw the very form in another
  language, or the topic in some language and the guess is unmistakable: it names both parties (China-ASEAN,
  Laos-China ...), or is at least four Latin words, six Han characters or
  nine letters with their marks of another script long; or a hand promoted it. All other
  guesses stand in one group that wants China, ASEAN or Guangxi in the story.
- Forms of the same tokens after folding (case, width, dashes, quotes, commas,
  script twins) stand once in a file, under the first language that has them: names are looked for
  in stories of every language.
- Both orders of a pair and all local names of China are written out.
- Zawgyi is written as Unicode; notes in brackets are cut.
- Every form of the lexicon must end in the file or in a ``drop`` list.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import icu
from babel import Locale

from query.tokens import index_text

LANGUAGES = ("en", "id", "ms", "fil", "vi", "zh", "th", "lo", "km", "my", "ja", "de", "it", "hi")
#: Where the lexicon's own codes are filed.
FILED = {"zh-Hant": "zh", "my-Zawgyi": "my"}
FROM_ZAWGYI = icu.Transliterator.createInstance("Zawgyi-my")
DASHES = "‐‑‒–—―−－-"
HAN = "\u3400-\u9fff"

#: The names by which the press calls the parties, by language.
PARTIES: dict[str, dict[str, list[str]]] = {
    "china": {
        "en": ["China"],
        "id": ["China", "Tiongkok", "Cina"],
        "ms": ["China"],
        "fil": ["China", "Tsina"],
        "vi": ["Trung Quốc"],
        "th": ["จีน"],
        "lo": ["ຈີນ"],
        "km": ["ចិន"],
        "my": ["တရုတ်"],
    },
    "asean": {
        "en": ["ASEAN"],
        "id": ["ASEAN"],
        "ms": ["ASEAN"],
        "fil": ["ASEAN"],
        "vi": ["ASEAN"],
        "th": ["อาเซียน"],
        "lo": ["ອາຊຽນ"],
        "km": ["អាស៊ាន"],
        "my": ["အာဆီယံ"],
    },
    "laos": {
        "en": ["Laos"],
        "id": ["Laos"],
        "ms": ["Laos"],
        "fil": ["Laos"],
        "vi": ["Lào"],
        "th": ["ลาว"],
        "lo": ["ລາວ"],
        "km": ["ឡាវ"],
        "my": ["လာအို"],
    },
    "thailand": {
        "en": ["Thailand"],
        "id": ["Thailand"],
        "ms": ["Thailand"],
        "vi": ["Thái Lan"],
        "th": ["ไทย"],
    },
    "myanmar": {"en": ["Myanmar"], "id": ["Myanmar"], "ms": ["Myanmar"], "my": ["မြန်မာ"]},
    "malaysia": {"en": ["Malaysia"], "id": ["Malaysia"], "ms": ["Malaysia"], "vi": ["Malaysia"]},
    "lancang": {
        "en": ["Lancang"],
        "id": ["Lancang"],
        "vi": ["Lan Thương"],
        "th": ["ล้านช้าง"],
        "km": ["ឡានឆាង"],
        "lo": ["ລ້ານຊ້າງ"],
        "my": ["လန်ချန်း"],
    },
    "mekong": {
        "en": ["Mekong"],
        "id": ["Mekong"],
        "vi": ["Mekong", "Mê Công"],
        "th": ["แม่โขง"],
        "km": ["មេគង្គ"],
        "lo": ["ແມ່ຂອງ"],
        "my": ["မဲခေါင်"],
    },
}
PAIRS = (
    ("china", "asean"),
    ("china", "laos"),
    ("china", "thailand"),
    ("china", "myanmar"),
    ("china", "malaysia"),
    ("lancang", "mekong"),
)


def plain(form: str) -> str:
    """Write a form as a reader would: one kind of dash, no quotes, no stray spaces."""
    text = unicodedata.normalize("NFC", form).replace("’", "'")
    text = re.sub('[“”「」『』"\u200b]', "", text)
    if "(" not in text:
        # a form cut out of a bracket
        text = text.replace(")", "")
    text = re.sub(f"\\s*[{DASHES}]\\s*", "-", text)
    text = re.sub(f"(?<=[{HAN}])-(?=[{HAN}])", "—", text)
    return re.sub(r"\s+", " ", text).strip()


def key(form: str) -> str:
    """Return the tokens of a form, as index and matcher see them: equal keys are one name."""
    return index_text(form.removeprefix("="))


def holds(text: str, part: str) -> bool:
    """Say whether the tokens of a text hold those of a part."""
    return f" {part} " in f" {text} "


def unmistakable(form: str) -> bool:
    """Apply the rule for guesses: both parties named, or too long to mean anything else."""
    if any(both(form, language) for language in PARTIES["china"]) or "中国—东盟" in plain(form):
        return True
    tokens = key(form).split()
    if re.search(f"[{HAN}]", form):
        return len(tokens) >= 6
    return len(tokens) >= (4 if re.search("[a-z]", form) else 9)


def both(form: str, language: str) -> list[tuple[str, str, str, str]]:
    """Return the pairs named in a form: the two kinds of party and the words used."""
    found = []
    for first, second in PAIRS:
        ones, others = (PARTIES[kind].get(language, []) for kind in (first, second))
        for one, other in itertools.product(ones, others):
            for left, right in ((one, other), (other, one)):
                # "China-ASEAN countries" are not turned round
                if re.search(f"{re.escape(left)}[- ]{re.escape(right)}(?! Countries)", form):
                    found.append((first, second, left, right))
    return found


def twins(form: str, language: str, heads: str) -> Iterator[str]:
    """Yield the same name in both orders, under every head word of the language `heads`."""
    for first, second, left, right in both(form, language):
        seen = re.search(f"{re.escape(left)}[- ]{re.escape(right)}", form)
        if seen is None:
            continue
        ones, others = (PARTIES[kind].get(heads, []) for kind in (first, second))
        for one, other in itertools.product(ones, others):
            for pair in (f"{one}-{other}", f"{other}-{one}"):
                yield form[: seen.start()] + pair + form[seen.end() :]


def spellings(form: str, language: str) -> Iterator[str]:
    """Yield the form, its twins, and the British way of writing them."""
    for twin in [form, *twins(form, language, language)]:
        yield twin
        if language == "en":
            yield twin.replace("Harbor", "Harbour").replace("Center", "Centre")


def forms(entry: dict[str, Any]) -> Iterator[tuple[str, str, bool, bool]]:
    """Yield the lexicon's forms of one topic: language, form, is it a guess, is it ambiguous."""
    for code in sorted(entry["aliases"], key=lambda c: LANGUAGES.index(FILED.get(c, c))):
        for alias in entry["aliases"][code]:
            form = alias["form"]
            if code == "my-Zawgyi":
                form = FROM_ZAWGYI.transliterate(form)
            guess = alias["evidence"] == "guess"
            yield FILED.get(code, code), plain(form), guess, bool(alias.get("ambiguous"))


def spread(words: Iterable[str], sets: dict[str, list[str]]) -> list[str]:
    """Write out the named sets ($china ...) in a list of words, each word once."""
    full = [w for word in words for w in (sets[word[1:]] if word.startswith("$") else [word])]
    return list({key(w): w for w in reversed(full)}.values())[::-1]


class Names:
    """The names of one file: each key once, sure by language or in a group."""

    def __init__(self, groups: list[dict[str, Any]], dropped: Iterable[str]) -> None:
        self.groups = groups
        self.taken = {key(name) for group in groups for name in group["names"]}
        self.dropped = {key(form) for form in dropped}
        self.sure: dict[str, list[str]] = {language: [] for language in LANGUAGES}

    def known(self, form: str) -> bool:
        """Say whether the form is in the file already, or is kept out of it."""
        return key(form) in self.taken | self.dropped

    def add(self, language: str, form: str) -> None:
        """Put a form among the sure names of a language, unless it is known."""
        if not self.known(form):
            self.taken.add(key(form))
            self.sure[language].append(form)

    def add_group(self, names: list[str], languages: list[str], accept: list[str]) -> None:
        """Put guesses that need company into a group of their own."""
        if names:
            fit = [a for a in accept if not any(holds(key(n), key(a)) for n in names)]
            note = "not yet seen in the press"
            self.groups.append(
                {"names": names, "languages": languages, "accept": fit, "note": note}
            )


def gather(entry: dict[str, Any], hand: dict[str, Any], sets: dict[str, list[str]]) -> Names:
    """Decide for every form of a topic where it stands."""
    groups = hand.get("ambiguous", [])
    for group in groups:
        group["accept"] = spread(group["accept"], sets)
        group["names"] = spread(group["names"], sets)
    names = Names(groups, hand.get("drop", []))
    promoted = {key(form) for form in hand.get("promote", [])}
    promoted |= {key(form) for _, form, guess, ambiguous in forms(entry) if not guess | ambiguous}
    company: dict[str, str] = {}
    added = [(code, form) for code, fs in hand.get("add", {}).items() for form in fs]
    for language, form, guess, ambiguous in forms(entry):
        if ambiguous and not names.known(form):
            raise ValueError(
                f"{form}: marked ambiguous and in no group: add it to a group by hand"
            )
        if guess and not unmistakable(form) and key(form) not in promoted:
            company.setdefault(form, language)
        else:
            names.add(language, form)
    for language, form in added:
        names.add(language, form)
    if hand.get("grow", True):
        grow(names)
    left = {form: language for form, language in company.items() if not names.known(form)}
    names.add_group(
        list(left), sorted(set(left.values())), spread(["$china", "$asean", "$guangxi"], sets)
    )
    return names


def grow(names: Names) -> None:
    """Add the spellings of every sure name, then English names under local head words.

    Shortest first: a spelling that holds another sure name adds nothing.
    """
    for language, known in names.sure.items():
        grown = {other for form in known for other in spellings(form, language)}
        add_shortest_first(names, language, grown)
    seen = [f for f in names.sure["en"] if "ASEAN" in f and not re.search("Harbour|Centre", f)]
    for language in ("id", "fil"):
        add_shortest_first(names, language, {t for f in seen for t in twins(f, "en", language)})


def add_shortest_first(names: Names, language: str, grown: set[str]) -> None:
    """Add grown spellings that no shorter sure name finds already."""
    for other in sorted(grown, key=lambda form: (len(form), form)):
        sure = (key(form) for forms_ in names.sure.values() for form in forms_)
        if not any(holds(key(other), name) for name in sure):
            names.add(language, other)


def quoted(value: Any) -> str:
    """Write a value as TOML, letters of every script as they are."""
    return json.dumps(value, ensure_ascii=False)


def listed(name: str, values: list[str]) -> str:
    """Write a list, on one line if it is short, else one value a line."""
    line = f"{name} = {quoted(values)}"
    if len(line) <= 99:
        return line
    return "\n".join([f"{name} = [", *(f"    {quoted(v)}," for v in values), "]"])


def topic_text(topic: str, entry: dict[str, Any], hand: dict[str, Any], names: Names) -> str:
    """Write one topic file."""
    relation = re.sub(r"\s*\(.*\)", "", entry["relation"])
    lines = [
        f"id = {quoted(topic)}",
        f"title = {quoted(hand['title'])}",
        f"tier = {entry['tier']}",
        f"relation = {quoted(relation)}",
        f"definition = {quoted(entry['definition'])}",
    ]
    lines += [listed("includes", hand["includes"])] if "includes" in hand else []
    lines += ["", "[sure]"]
    lines += [listed(c, names.sure[c]) for c in LANGUAGES if names.sure[c]]
    for group in names.groups:
        lines += [
            "",
            "[[ambiguous]]",
            listed("names", group["names"]),
            listed("languages", group["languages"]),
        ]
        lines += [f"near = {group['near']}"] if "near" in group else []
        lines += [listed("accept", group["accept"])]
        lines += [listed("reject", group["reject"])] if "reject" in group else []
        lines += [f"note = {quoted(group['note'])}"] if "note" in group else []
    return "\n".join(lines) + "\n"


def write_topics(lexicon: dict[str, Any], folder: Path) -> None:
    """Write every topic file."""
    hand = tomllib.loads(HAND_TOPICS)
    for topic, entry in lexicon["initiatives"].items():
        names = gather(entry, hand[topic], hand["sets"])
        (folder / f"{topic}.toml").write_text(
            topic_text(topic, entry, hand[topic], names), "utf-8"
        )


def bare(form: str) -> list[str]:
    """Return a territory name and what stands beside it in brackets, each by itself."""
    return [part.strip() for part in re.split(r"[()（）]", form) if part.strip()]


def raw_forms(entry: dict[str, Any], lexicon: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the forms of one gazetteer entry: by hand first, then the lexicon's, then CLDR's."""
    yield from ((code, form) for code, fs in entry.get("forms", {}).items() for form in fs)
    raw = lexicon["gazetteer"][entry["file"]].get(entry.get("lexicon", ""), {})
    for code, fs in raw.items():
        if code in {"_doubtful", "note", "names"}:
            continue
        for form in fs:
            uni = FROM_ZAWGYI.transliterate(form) if code == "my-Zawgyi" else form
            yield FILED.get(code, code), re.sub(r"\s*\((rare|Singapore|SIIO)\)", "", uni)
    for code in ("en", "id", "ms", "fil", "vi", "zh_Hans", "zh_Hant", "th", "lo", "km", "my"):
        if "territory" in entry:
            yield from (
                (code[:3].rstrip("_"), f)
                for f in bare(Locale.parse(code).territories[entry["territory"]])
            )
        if "zone" in entry:
            city = Locale.parse(code).time_zones.get(entry["zone"], {}).get("city")
            yield from [(code[:3].rstrip("_"), city)] if city else []


def entry_text(entry: dict[str, Any], lexicon: dict[str, Any]) -> str:
    """Write one gazetteer entry, each form once."""
    any_forms = entry.get("any", [entry["title"]])
    taken = {key(form) for form in [*any_forms, *entry.get("drop", [])]}
    filed: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for code, form in raw_forms(entry, lexicon):
        if key(form) not in taken:
            taken.add(key(form))
            filed[code].append(plain(form))
    lines = ["[[names]]", *(f"{f} = {quoted(entry[f])}" for f in ("id", "title", "kind"))]
    lines += [listed("any", any_forms)]
    lines += [listed("reject", entry["reject"])] if "reject" in entry else []
    if any(filed.values()):
        lines += ["[names.forms]", *(listed(c, fs) for c, fs in filed.items() if fs)]
    return "\n".join(lines) + "\n"


def write_names(lexicon: dict[str, Any], folder: Path) -> None:
    """Write places.toml and organisations.toml; no entry of the lexicon may be left out."""
    hand = tomllib.loads(HAND_NAMES)
    for file in ("places", "organisations"):
        entries = [{**entry, "file": file} for entry in hand[file]]
        missed = set(lexicon["gazetteer"][file]) - {e.get("lexicon") for e in entries}
        if missed:
            raise ValueError(f"{file}: no entry by hand for {sorted(missed)}")
        text = "\n".join(entry_text(entry, lexicon) for entry in entries)
        (folder / f"{file}.toml").write_text(text, "utf-8")


HAND_TOPICS = r"""
[sets]
china = ["China", "Tiongkok", "Cina", "Tsina", "Chinese", "中国", "Trung Quốc", "จีน", "ຈີນ", "ចិន", "တရုတ်"]
asean = ["ASEAN", "Association of Southeast Asian Nations", "东盟", "东协", "亚细安", "อาเซียน", "ອາຊຽນ", "អាស៊ាន", "အာဆီယံ"]
guangxi = [
    "Guangxi", "Nanning", "广西", "南宁", "Quảng Tây", "Nam Ninh", "กว่างซี", "กวางสี", "หนานหนิง", "นันหนิง",
    "ກວາງຊີ", "ໜານໜິງ", "ນານໜິງ", "ក្វាងស៊ី", "ណាននីង", "ကွမ်ရှီး", "နန်နင်း",
]
members = [
    "Brunei", "Cambodia", "Kamboja", "Kemboja", "Campuchia", "Indonesia", "Laos", "Lào", "Malaysia", "Myanmar",
    "Philippines", "Filipina", "Pilipinas", "Singapore", "Singapura", "Thailand", "Thái Lan", "Vietnam", "Việt Nam",
    "文莱", "柬埔寨", "印尼", "印度尼西亚", "老挝", "寮国", "马来西亚", "缅甸", "菲律宾", "新加坡", "泰国", "越南",
    "กัมพูชา", "อินโดนีเซีย", "ลาว", "มาเลเซีย", "เมียนมา", "ฟิลิปปินส์", "สิงคโปร์", "ประเทศไทย", "เวียดนาม", "บรูไน",
]
harbor = [
    "China-ASEAN Information Harbor", "China-ASEAN Information Harbour", "ASEAN-China Information Harbor",
    "ASEAN-China Information Harbour", "Tiongkok-ASEAN Information Harbor", "ASEAN-Tiongkok Information Harbor",
    "Cina-ASEAN Information Harbor", "Tsina-ASEAN Information Harbor", "China-ASEAN Information Port",
    "Pelabuhan Informasi China-ASEAN", "Pelabuhan Informasi Tiongkok-ASEAN", "Hub Informasi ASEAN-China",
    "Hub Informasi China-ASEAN", "Pelabuhan Maklumat China-ASEAN", "Hab Maklumat China-ASEAN",
    "Cảng thông tin Trung Quốc-ASEAN", "Cảng thông tin ASEAN-Trung Quốc", "东盟信息港", "东协资讯港",
    "ท่าเรือสารสนเทศจีน-อาเซียน", "ท่าเรือข้อมูลจีน-อาเซียน", "ທ່າເຮືອຂໍ້ມູນຂ່າວສານຈີນ-ອາຊຽນ", "ທ່າຂໍ້ມູນຂ່າວສານຈີນ-ອາຊຽນ",
    "កំពង់ផែព័ត៌មានចិន-អាស៊ាន", "កំពង់ផែព័ត៌មានអាស៊ាន-ចិន", "တရုတ်-အာဆီယံ သတင်းအချက်အလက်ဆိပ်ကမ်း",
]

[caih]
title = "China-ASEAN Information Harbor"
includes = ["caih_forum", "caih_co"]
promote = ["中國—東協信息港"]
# the forum's own name stands in caih_forum, which this topic includes;
# the group of pusat informasi finds the other
drop = ["Porum ng China-ASEAN Information Harbor", "pusat informasi China-ASEAN"]
[caih.add]
id = ["pelabuhan informasi China dan ASEAN", "pelabuhan informasi antara China dan ASEAN"]
zh = ["东协信息港", "东协资讯港", "东盟资讯港"]
[[caih.ambiguous]]
names = ["CAIH"]
languages = ["en", "id", "fil"]
near = 60
accept = ["$asean", "$guangxi", "Harbor", "Harbour", "Information", "Tiongkok", "信息港"]
note = "also other institutes"
[[caih.ambiguous]]
names = ["Information Harbor", "Information Harbour"]
languages = ["en", "id", "ms", "fil", "th"]
accept = ["$china", "$asean", "$guangxi"]
note = "company anywhere in the story: the second mention often stands alone"
[[caih.ambiguous]]
names = ["China-ASEAN information hub", "ASEAN-China information hub", "information hub for the Association of Southeast Asian Nations", "information hub for ASEAN"]
languages = ["en"]
accept = ["$guangxi", "Harbor", "Harbour", "Lu Wei", "State Council", "Cyberspace Administration"]
note = "the wording of 2014"
[[caih.ambiguous]]
names = ["pusat informasi"]
languages = ["id", "ms"]
near = 6
accept = ["China-ASEAN", "Tiongkok-ASEAN", "Cina-ASEAN", "ASEAN-China", "ASEAN-Tiongkok", "CAIH", "Information Harbor"]
reject = ["pusat informasi turis", "pusat informasi wisata", "pusat informasi pariwisata", "pusat informasi wisatawan"]
note = "a tourist office is a pusat informasi too"
[[caih.ambiguous]]
names = ["信息港", "资讯港"]
languages = ["zh"]
near = 60
accept = ["东盟", "东协", "广西", "南宁"]
reject = ["北部湾信息港", "胶州信息港", "浦东信息港", "北京信息港", "深圳信息港", "移动信息港"]
note = "city portals, classified advertisements and office blocks are 信息港 too; 中电北部湾信息港 in Beihai is another thing"
[[caih.ambiguous]]
names = ["ศูนย์กลางข้อมูลจีน-อาเซียน", "ศูนย์กลางข้อมูลอาเซียน-จีน"]
languages = ["th"]
accept = ["กว่างซี", "กวางสี", "หนานหนิง", "นันหนิง", "Guangxi", "Nanning", "Information Harbor", "CAIH"]
note = "not yet seen in the press; any data centre of the two could be called so"

[caih_forum]
title = "China-ASEAN Information Harbor Forum"
# the bare harbor near the word forum stands in a group below
[caih_forum.add]
id = ["Forum Hub Informasi China-ASEAN", "Forum Pelabuhan Informasi Tiongkok-ASEAN"]
ms = ["Forum Pelabuhan Maklumat China-ASEAN"]
fil = ["Porum ng Tsina-ASEAN Information Harbor"]
zh = ["东盟信息港论坛"]
[[caih_forum.ambiguous]]
names = ["CAIHF"]
languages = ["en", "id"]
accept = ["$asean", "$guangxi", "$china"]
[[caih_forum.ambiguous]]
names = ["信息港论坛", "インフォメーションポート・フォーラム"]
languages = ["zh", "ja"]
accept = ["东盟", "东协", "中国", "广西", "南宁", "ASEAN"]
note = "the tail of the name, used after a full mention"
[[caih_forum.ambiguous]]
names = ["$harbor"]
languages = ["en", "id", "ms", "fil", "vi", "zh", "th", "lo", "km", "my"]
near = 8
accept = ["Forum", "Porum", "论坛", "Diễn đàn", "ฟอรัม", "ฟอรั่ม", "การประชุม", "ເວທີ", "ກອງປະຊຸມ", "វេទិកា", "ဖိုရမ်", "နှီးနှောဖလှယ်ပွဲ"]
note = "forum of the harbor, with a town, a number or a quote mark between"

[caih_co]
title = "China-ASEAN Information Harbor Co., Ltd."
# the last group finds both orders and all head words
grow = false
[[caih_co.ambiguous]]
names = ["CAIH"]
languages = ["en", "id"]
near = 12
accept = ["Co", "Ltd", "Company", "perusahaan", "syarikat", "công ty", "บริษัท", "公司", "股份", "CEO", "chairman", "subsidiary"]
reject = ["CAIHF"]
note = "the acronym is the harbor's as well"
[[caih_co.ambiguous]]
names = ["中国东信"]
languages = ["zh"]
accept = ["信息港", "东盟", "广西", "南宁"]
note = "short name, not yet seen in the press; 东信 is also a phone maker"
[[caih_co.ambiguous]]
names = ["$harbor"]
languages = ["en", "id", "ms", "fil", "vi", "zh", "th", "lo", "km", "my"]
near = 6
accept = ["Co", "Ltd", "Company", "perusahaan", "syarikat", "kompanya", "công ty", "公司", "บริษัท", "ບໍລິສັດ", "ក្រុមហ៊ុន", "ကုမ္ပဏီ"]

[ca_cyber_forum]
title = "China-ASEAN Cyberspace Forum"
[ca_cyber_forum.add]
id = ["Forum Ruangan Jaringan Tiongkok dan ASEAN", "Forum Ruang Siber Tiongkok-ASEAN"]
ms = ["Forum Ruang Siber China-ASEAN"]
vi = ["Diễn đàn Không gian mạng Trung Quốc-ASEAN"]
th = ["การประชุมไซเบอร์สเปซจีน-อาเซียน", "ฟอรัมไซเบอร์จีน-อาเซียน"]
lo = ["ເວທີໄຊເບີຈີນ-ອາຊຽນ"]
km = ["វេទិកាបណ្តាញអ៊ីនធឺណិតចិន-អាស៊ាន"]
my = ["တရုတ်-အာဆီယံ ဆိုက်ဘာဖိုရမ်"]
[[ca_cyber_forum.ambiguous]]
names = ["Forum Ruangan Jaringan"]
languages = ["id"]
accept = ["Tiongkok", "China", "Cina", "ASEAN", "Nanning", "Guangxi"]

[dsr]
title = "Digital Silk Road"
promote = ["Laluan Sutera Digital", "Jalan Sutera Digital", "數位絲綢之路", "信息丝绸之路", "Information Silk Road", "ផ្លូវសូត្រឌីជីថល", "ဒစ်ဂျစ်တယ်ပိုးလမ်းမ"]
[dsr.add]
id = ["Jalan Sutra Digital"]
ms = ["Laluan Sutra Digital"]
fil = ["Digital na Silk Road"]
vi = ["Con đường tơ lụa kỹ thuật số", "Con đường tơ lụa số hóa"]
zh = ["数位丝路"]
[[dsr.ambiguous]]
names = ["=DSR"]
languages = ["en", "id"]
near = 40
accept = ["Silk Road", "Jalur Sutra", "Jalur Sutera", "Belt", "BRI", "digital infrastructure", "digital connectivity", "China", "Tiongkok"]
reject = ["debt service", "dam safety", "rasio", "drag reduction", "demand side response", "delivery status"]
note = "also debt service ratio, dam safety review"
[[dsr.ambiguous]]
names = ["数字丝绸之"]
languages = ["zh"]
accept = ["一带一路", "东盟", "中国", "数字经济"]
note = "copying sites drop the last character"
[[dsr.ambiguous]]
names = ["Silk Road"]
languages = ["en", "id", "fil"]
near = 6
accept = ["cyber", "digital version", "digital strand", "digital component", "information technology", "informatika", "digital Belt"]
reject = ["Ulbricht", "Tor", "bitcoin", "darknet", "dark web", "dark net", "film", "song", "album", "rally", "cruise", "Silk Road Fund"]
note = "the dark-web market, films, songs, rallies and cruises are called Silk Road"

[bri]
title = "Belt and Road Initiative"
includes = ["dsr", "msr"]
promote = ["ខ្សែក្រវាត់ និងផ្លូវ", "ရပ်ဝန်းနှင့်လမ်း", "တစ်ရပ်ဝန်း တစ်လမ်း"]
# “一带”…“一路” is a pattern, not a name: written as a group and one phrase
drop = ["“一带”…“一路”"]
[bri.add]
en = ["Road and Belt Initiative", "Belt & Road"]
id = ["Prakarsa Sabuk dan Jalur Sutra", "Sabuk Ekonomi Jalur Sutra", "Sabuk & Jalan"]
vi = ["Vành đai-Con đường", "Vành đai kinh tế Con đường tơ lụa"]
zh = ["北联一带南接一路"]
[[bri.ambiguous]]
names = ["=BRI"]
languages = ["en", "id", "ms", "fil", "vi", "th", "km", "my"]
near = 50
accept = [
    "Belt", "Road", "Sabuk", "dan Jalan", "Jalur Sutra", "Jalur Sutera", "Jalur dan Laluan", "Vành đai", "Con đường",
    "$china", "Xi Jinping", "Tập Cận Bình", "Beijing", "Bắc Kinh", "ปักกิ่ง", "สี จิ้นผิง", "$asean", "Kereta Cepat", "ECRL", "OBOR",
    "แถบและเส้นทาง", "เส้นทางสายไหม", "ຫນຶ່ງແລວ", "ខ្សែក្រវ៉ាត់", "ខ្សែក្រវាត់", "ပိုးလမ်းမ", "ရပ်ဝန်း",
]
reject = [
    "Bank Rakyat Indonesia", "Bank BRI", "KUR", "UMKM", "nasabah", "BRImo", "BRILink", "AgenBRILink", "Sunarso", "BBRI",
    "Liga 1", "kredit", "debitur", "dividen", "simpanan", "Brigade de recherche", "police", "RAID",
    "Banque des règlements", "ธนาคารรัคยัต",
]
note = "Bank Rakyat Indonesia, a French police unit, a bank of Basel; in Thai official text the bare token is often all there is. A Chinese bank's loan to the bank BRI needs the long name"
[[bri.ambiguous]]
names = ["=OBOR"]
languages = ["en", "id"]
near = 60
accept = ["Belt", "Road", "Sabuk", "Jalur Sutra", "Silk", "$china", "Xi Jinping"]
note = "obor is a torch in Indonesian"
[[bri.ambiguous]]
names = ["New Silk Road", "Neue Seidenstraße"]
languages = ["en", "fil", "de"]
accept = ["Belt", "BRI", "OBOR", "Xi Jinping", "Chinese", "Beijing", "China", "Tsina", "Chinas"]
reject = ["Ulbricht", "darknet", "dark web", "bitcoin", "Tor"]
[[bri.ambiguous]]
names = ["Inisiatif Jalur Sutra", "Jalur Sutra Baru", "Jalur Sutera Baru"]
languages = ["id"]
accept = ["China", "Tiongkok", "Cina", "Beijing", "Xi Jinping", "Sabuk", "BRI", "OBOR"]
[[bri.ambiguous]]
names = ["Sabuk"]
languages = ["id"]
near = 5
accept = ["Inisiatif", "Prakarsa", "Jalur Sutra", "Jalur Sutera", "Satu Jalan", "Satu Jalur", "Tiongkok"]
reject = ["sabuk pengaman", "sabuk keselamatan", "sabuk hitam", "sabuk hijau", "sabuk juara", "sabuk gelar", "sabuk tinju"]
note = "seat belts, black belts and green belts are sabuk too"
[[bri.ambiguous]]
names = ["Jalur dan Laluan"]
languages = ["ms"]
accept = ["Inisiatif", "China", "Xi Jinping", "BRI", "Sutera", "ASEAN"]
note = "the initiative in quotes, else any lanes and routes"
[[bri.ambiguous]]
names = ["一带"]
languages = ["zh"]
near = 6
accept = ["和一路", "与一路", "及一路", "接一路", "建一路", "连一路"]
reject = ["一带一路"]
note = "the name split by a writer: 北联“一带”南接“一路”; whole, it is a sure name"
[[bri.ambiguous]]
names = ["带路"]
languages = ["zh"]
near = 4
accept = ["倡议", "沿线", "国家", "机遇", "共建", "项目"]
note = "Hong Kong's short form; else to lead the way"
[[bri.ambiguous]]
names = ["Vành đai"]
languages = ["vi"]
near = 3
accept = ["Con đường"]
reject = [
    "đường Vành đai", "Vành đai 1", "Vành đai 2", "Vành đai 2,5", "Vành đai 2.5", "Vành đai 3", "Vành đai 3,5", "Vành đai 3.5",
    "Vành đai 4", "Vành đai 5", "Vành đai vùng Thủ đô", "Vành đai xanh",
]
note = "alone it is a ring road"
[[bri.ambiguous]]
names = ["เส้นทางสายไหมใหม่", "เส้นทางสายไหมยุคใหม่"]
languages = ["th"]
accept = ["จีน", "แถบและเส้นทาง", "Belt and Road", "BRI", "หนึ่งแถบ", "One Belt"]
[[bri.ambiguous]]
names = ["เส้นทางสายไหม"]
languages = ["th"]
near = 60
accept = ["Belt", "แถบและเส้นทาง", "หนึ่งแถบ", "1 แถบ", "ศตวรรษที่ 21", "ศตวรรษ 21", "BRI", "OBOR"]
reject = ["ตุนหวง", "โบราณ", "ผ้าไหม", "พิพิธภัณฑ์", "เส้นทางสายไหมสาธารณสุข", "เส้นทางสายไหมด้านสุขภาพ"]
note = "history, silk cloth, Dunhuang; the Health Silk Road"
[[bri.ambiguous]]
names = ["ပိုးလမ်းမ"]
languages = ["my"]
accept = ["တရုတ်", "စီမံကိန်း", "Belt and Road", "BRI", "ရှီကျင့်ဖိန်"]
note = "the old silk road too"

[msr]
title = "21st Century Maritime Silk Road"
[msr.add]
id = ["Jalur Sutera Maritim", "Jalan Sutra Maritim Abad ke-21", "Jalur Sutra Maritim Abad ke-21"]
ms = ["Laluan Sutera Maritim Abad ke-21"]
km = ["ផ្លូវសូត្រសមុទ្រសតវត្សទី២១"]
[[msr.ambiguous]]
names = ["Maritime Silk Road", "海上丝绸之路", "海上丝绸之", "เส้นทางสายไหมทางทะเล", "海上シルクロード"]
languages = ["en", "fil", "zh", "th", "ja"]
near = 60
accept = [
    "21st", "ika-21", "Belt", "BRI", "Xi Jinping", "initiative", "$asean", "21世纪", "一带一路", "倡议", "共建", "建设",
    "ศตวรรษที่ 21", "แถบและเส้นทาง", "หนึ่งแถบ", "21世紀",
]
reject = [
    "shipwreck", "archaeological", "archaeology", "World Heritage", "Marco Polo", "dynasty", "沉船", "考古", "遗址", "申遗", "古代", "海上丝绸之路史",
    "โบราณ", "เรือจม",
]
note = "the Silk Road of history; copying sites drop the last character of 海上丝绸之路"

[ilstc]
title = "New International Land-Sea Trade Corridor"
[ilstc.add]
en = ["Southward gateway", "New Western Land-Sea Corridor", "Western Land-Sea New Corridor"]
id = ["Koridor Darat-Laut Internasional Baru", "Koridor Darat-Laut Barat Baru"]
vi = ["Hành lang thương mại quốc tế trên bộ-trên biển mới", "Tuyến hành lang trên bộ-trên biển mới"]
fil = ["Bagong Pandaigdigang Koridor ng Kalakalang Lupa-Dagat"]
zh = ["西部陆海新走廊"]
th = ["ระเบียงการค้าระหว่างประเทศทางบก-ทะเลสายใหม่", "ระเบียงการค้าทางบก-ทะเลระหว่างประเทศสายใหม่"]
lo = ["ແລວທາງການຄ້າທາງບົກ-ທາງທະເລສາກົນໃໝ່", "ແລວທາງບົກ-ທະເລສາກົນໃໝ່"]
km = ["ច្រករបៀងពាណិជ្ជកម្មផ្លូវគោក-សមុទ្រអន្តរជាតិថ្មី"]
my = ["နိုင်ငံတကာကုန်းမြေ-ပင်လယ် ကုန်သွယ်ရေးစင်္ကြံသစ်"]
[[ilstc.ambiguous]]
names = [
    "Southern Transport Corridor", "Southbound Transport Corridor", "Southbound Channel", "Southbound Corridor",
    "Southern Corridor",
]
languages = ["en"]
near = 60
accept = ["$china", "$asean", "$guangxi", "Chongqing", "Qinzhou", "Singapore", "Beibu Gulf", "Land-Sea"]
reject = [
    "Southern Economic Corridor", "Greater Mekong Subregion", "GMS", "Southern Gas Corridor", "gas", "pipeline",
    "road corridor", "highway", "Trans-Caspian", "Africa",
]
note = "the road corridor of the Greater Mekong and a gas pipeline have such names"
[[ilstc.ambiguous]]
names = ["=STC"]
languages = ["en"]
near = 40
accept = ["Southern Transport Corridor", "Southbound Transport Corridor", "Land-Sea", "Chongqing", "Qinzhou", "Guangxi"]
note = "not yet seen in the press alone"
[[ilstc.ambiguous]]
names = ["南向通道"]
languages = ["zh"]
accept = ["东盟", "重庆", "广西", "钦州", "南宁", "贵州", "甘肃", "新加坡", "中新", "陆海", "北部湾", "海铁联运"]
reject = ["新南向"]
note = "新南向政策 is the policy of Taiwan"
[[ilstc.ambiguous]]
names = ["Tuyến đường hướng Nam", "Hành lang hướng Nam"]
languages = ["vi"]
accept = ["Trung Quốc", "ASEAN", "Trùng Khánh", "Quảng Tây", "Singapore", "Khâm Châu", "đường biển"]
reject = ["Tiểu vùng Mekong", "Tiểu vùng Mê Công", "GMS"]

[cci]
title = "China-Singapore (Chongqing) Connectivity Initiative"
[cci.add]
en = [
    "Demonstration Initiative on Strategic Connectivity", "Strategic Connectivity Demonstration Project",
    "Singapore-China (Chongqing) Demonstration Initiative on Strategic Connectivity", "China-Singapore Connectivity Initiative",
]
id = ["Inisiatif Konektivitas Chongqing"]
ms = ["Inisiatif Kesalinghubungan Chongqing", "Inisiatif Ketersambungan Chongqing"]
vi = ["Sáng kiến kết nối Trùng Khánh", "Sáng kiến kết nối chiến lược Trung Quốc-Singapore"]
th = ["ข้อริเริ่มความเชื่อมโยงฉงชิ่ง", "โครงการสาธิตความเชื่อมโยงเชิงยุทธศาสตร์จีน-สิงคโปร์"]
zh = ["战略性互联互通示范项目"]
[[cci.ambiguous]]
names = ["=CCI"]
languages = ["en"]
near = 30
accept = ["Chongqing", "Connectivity Initiative", "Strategic Connectivity", "China-Singapore", "重庆", "互联互通"]
reject = ["consumer confidence", "Competition Commission", "Chamber of Commerce", "Chambre de commerce", "chronic"]
note = "consumer confidence index and the like"

[caexpo]
title = "China-ASEAN Expo"
# a year glued on is a token of its own, so CAEXPO finds it
drop = ["CAEXPO2023"]
promote = ["東協博覽會", "Ekspo Tiongkok-ASEAN"]
[caexpo.add]
id = ["Ekspo China-ASEAN"]
fil = ["Ekspo ng Tsina at ASEAN"]
vi = ["Hội chợ triển lãm ASEAN-Trung Quốc", "Triển lãm Trung Quốc-ASEAN"]
th = ["มหกรรมจีน-อาเซียน", "เอ็กซ์โปจีน-อาเซียน", "งานแสดงสินค้านานาชาติจีน-อาเซียน"]
[[caexpo.ambiguous]]
names = ["东博会"]
languages = ["zh"]
accept = ["东盟", "南宁", "广西", "商务与投资峰会"]
reject = ["东北亚博览会", "东北亚"]
note = "the China-Northeast Asia Expo of Changchun has the same short name"

[cabis]
title = "China-ASEAN Business and Investment Summit"
[cabis.add]
id = ["KTT Bisnis dan Investasi China-ASEAN", "KTT Bisnis dan Investasi Tiongkok-ASEAN"]
th = ["การประชุมสุดยอดธุรกิจและการลงทุนจีน-อาเซียน", "การประชุมสุดยอดด้านธุรกิจและการลงทุนจีน-อาเซียน"]
lo = ["ກອງປະຊຸມສຸດຍອດທຸລະກິດ ແລະ ການລົງທຶນຈີນ-ອາຊຽນ"]
km = ["កិច្ចប្រជុំកំពូលធុរកិច្ច និងវិនិយោគចិន-អាស៊ាន"]
my = ["တရုတ်-အာဆီယံ စီးပွားရေးနှင့် ရင်းနှီးမြှုပ်နှံမှု ထိပ်သီးအစည်းအဝေး", "တရုတ်-အာဆီယံ စီးပွားရေးနှင့် ရင်းနှီးမြှုပ်နှံမှု ထိပ်သီးညီလာခံ"]

[ca_digital_year]
title = "China-ASEAN Year of Digital Economy Cooperation"
[ca_digital_year.add]
ms = ["Tahun Kerjasama Ekonomi Digital ASEAN-China"]
zh = ["东盟数字经济合作年"]
lo = ["ປີແຫ່ງການຮ່ວມມືດ້ານເສດຖະກິດດິຈິຕອນອາຊຽນ-ຈີນ", "ປີການຮ່ວມມືເສດຖະກິດດິຈິຕອນອາຊຽນ-ຈີນ"]
km = ["ឆ្នាំសហប្រតិបត្តិការសេដ្ឋកិច្ចឌីជីថលអាស៊ាន-ចិន", "ឆ្នាំនៃកិច្ចសហប្រតិបត្តិការសេដ្ឋកិច្ចឌីជីថលអាស៊ាន-ចិន"]
my = ["အာဆီယံ-တရုတ် ဒစ်ဂျစ်တယ်စီးပွားရေး ပူးပေါင်းဆောင်ရွက်မှုနှစ်"]
[[ca_digital_year.ambiguous]]
names = ["năm hợp tác kinh tế số"]
languages = ["vi"]
near = 40
accept = ["ASEAN", "Trung Quốc"]

[ca_digital_forum]
title = "China-ASEAN Digital Economy Development and Cooperation Forum"
[ca_digital_forum.add]
id = ["Forum Pembangunan dan Kerja Sama Ekonomi Digital China-ASEAN"]
vi = ["Diễn đàn phát triển và hợp tác kinh tế số Trung Quốc-ASEAN"]
ms = ["Forum Pembangunan dan Kerjasama Ekonomi Digital China-ASEAN"]
zh = ["东盟数字经济发展合作论坛"]
th = ["การประชุมว่าด้วยการพัฒนาและความร่วมมือด้านเศรษฐกิจดิจิทัลจีน-อาเซียน"]
lo = ["ເວທີການພັດທະນາ ແລະ ການຮ່ວມມືເສດຖະກິດດິຈິຕອນຈີນ-ອາຊຽນ"]
km = ["វេទិកាអភិវឌ្ឍន៍ និងសហប្រតិបត្តិការសេដ្ឋកិច្ចឌីជីថលចិន-អាស៊ាន"]
my = ["တရုတ်-အာဆီယံ ဒစ်ဂျစ်တယ်စီးပွားရေး ဖွံ့ဖြိုးမှုနှင့် ပူးပေါင်းဆောင်ရွက်မှုဖိုရမ်"]

[ca_ai_center]
title = "China-ASEAN AI Application Cooperation Center"
[ca_ai_center.add]
id = ["Pusat Kerja Sama Aplikasi Kecerdasan Buatan China-ASEAN", "Pusat Kerja Sama Inovasi AI China-ASEAN"]
ms = ["Pusat Kerjasama Inovasi AI China-ASEAN"]
vi = ["Trung tâm hợp tác ứng dụng trí tuệ nhân tạo Trung Quốc-ASEAN"]
zh = ["东盟国家人工智能应用合作中心", "东盟人工智能应用合作中心", "东盟人工智能创新合作中心"]
th = ["ศูนย์ความร่วมมือด้านการประยุกต์ใช้ปัญญาประดิษฐ์จีน-อาเซียน", "ศูนย์ความร่วมมือการประยุกต์ใช้ปัญญาประดิษฐ์จีน-อาเซียน"]
lo = ["ສູນການຮ່ວມມືການນຳໃຊ້ປັນຍາປະດິດຈີນ-ອາຊຽນ"]
km = ["មជ្ឈមណ្ឌលសហប្រតិបត្តិការអនុវត្តបញ្ញាសិប្បនិម្មិតចិន-អាស៊ាន"]
my = ["တရုတ်-အာဆီယံ ဉာဏ်ရည်တု အသုံးချမှု ပူးပေါင်းဆောင်ရွက်ရေးစင်တာ"]

[ca_tech_transfer]
title = "China-ASEAN Technology Transfer Center and Forum"
[ca_tech_transfer.add]
en = ["China-ASEAN Technology Transfer and Collaborative Innovation", "CATTC"]
id = ["Pusat Transfer Teknologi China-ASEAN"]
ms = ["Pusat Pemindahan Teknologi China-ASEAN"]
vi = ["Trung tâm chuyển giao công nghệ Trung Quốc-ASEAN"]
th = ["ศูนย์ถ่ายทอดเทคโนโลยีจีน-อาเซียน"]
zh = ["东盟技术转移中心"]

[gx_digital]
title = "Guangxi digital economy"
promote = ["ekonomi digital Guangxi", "mahadata Guangxi", "Digital Guangxi"]
[gx_digital.add]
vi = ["kinh tế số Quảng Tây"]
[[gx_digital.ambiguous]]
names = ["pemerintahan digital, perekonomian digital", "pemerintahan digital", "perekonomian digital"]
languages = ["id"]
near = 30
accept = ["Guangxi", "Nanning"]
[[gx_digital.ambiguous]]
names = [
    "digital economy", "ekonomi digital", "digital na ekonomiya", "kinh tế số", "kinh tế kỹ thuật số", "数字经济", "数码经济", "เศรษฐกิจดิจิทัล",
    "ເສດຖະກິດດິຈິຕອນ", "ເສດຖະກິດດີຈີຕອນ", "សេដ្ឋកិច្ចឌីជីថល", "ဒစ်ဂျစ်တယ်စီးပွားရေး",
]
languages = ["en", "id", "ms", "fil", "vi", "zh", "th", "lo", "km", "my"]
near = 12
accept = ["$guangxi"]
note = "the common words, with the region or its capital beside them"

[cable]
title = "China-ASEAN submarine and terrestrial cables"
[cable.add]
en = ["China-ASEAN submarine cable", "China-Myanmar International terrestrial cable"]
zh = ["中国—东盟海底光缆", "中柬海底光缆", "中缅国际光缆", "南宁国际通信业务出入口局", "南宁区域性国际通信业务出入口局"]
vi = ["cáp quang Trung Quốc-ASEAN"]
[[cable.ambiguous]]
names = [
    "international undersea cable", "submarine optical cables", "terrestrial optical cables", "cross-border terrestrial optical cables",
    "cross-border optical cable", "international submarine cable",
]
languages = ["en"]
near = 60
accept = ["$guangxi", "China-ASEAN", "ASEAN-China", "China Unicom", "China Telecom", "China Mobile", "Information Harbor"]
note = "cables that do not touch China are another matter"
[[cable.ambiguous]]
names = ["Asia Pacific Gateway", "=SJC2"]
languages = ["en"]
near = 40
accept = ["$china", "China Unicom", "China Telecom", "China Mobile"]
reject = ["sự cố", "đứt cáp", "gặp lỗi"]
note = "the acronym APG is left out: Vietnamese news of broken cables would flood the topic"
[[cable.ambiguous]]
names = ["kabel bawah laut internasional", "Sistem Komunikasi Kabel Laut", "SKKL"]
languages = ["id"]
near = 60
accept = ["China", "Tiongkok", "Cina", "Guangxi", "Nanning"]
[[cable.ambiguous]]
names = ["跨境光缆", "跨境陆地光缆", "国际通信出入口局", "国际海底光缆"]
languages = ["zh"]
near = 60
accept = ["东盟", "广西", "南宁", "缅甸", "越南", "老挝", "柬埔寨", "泰国", "马来西亚", "新加坡", "信息港"]
[[cable.ambiguous]]
names = ["国際海底光ケーブル"]
languages = ["ja"]
accept = ["ASEAN", "広西", "南寧", "中国"]
[[cable.ambiguous]]
names = ["เคเบิลใต้น้ำ"]
languages = ["th"]
near = 100
accept = ["จีน", "กว่างซี", "หนานหนิง", "China Unicom", "China Telecom", "China Mobile"]

[beidou_asean]
title = "BeiDou in ASEAN countries"
[beidou_asean.add]
zh = ["中国—东盟北斗科技城", "东盟北斗"]
th = ["เป่ยโต่วจีน-อาเซียน"]
[[beidou_asean.ambiguous]]
names = ["Beidou"]
languages = ["en", "id", "ms", "fil"]
near = 40
accept = ["$asean", "$members"]
reject = ["launch", "launched", "rocket", "Long March", "carrier rocket", "farming", "farmers", "harvest", "sowing", "Central Asia", "meluncurkan", "roket"]
note = "wants ASEAN or a member; launches, domestic farming and the China-Central Asia forum in Nanning are traps"
[[beidou_asean.ambiguous]]
names = ["=BDS"]
languages = ["en"]
near = 25
accept = ["ASEAN", "Beidou satellite", "Beidou navigation", "Beidou system"]
reject = ["boycott", "Israel", "divestment", "sanctions", "dental", "Boikot"]
note = "also the boycott movement, and a degree in dentistry"
[[beidou_asean.ambiguous]]
names = ["北斗"]
languages = ["zh", "ja"]
near = 40
accept = ["$asean", "文莱", "柬埔寨", "印尼", "印度尼西亚", "老挝", "寮国", "马来西亚", "缅甸", "菲律宾", "新加坡", "泰国", "越南"]
reject = ["火箭", "发射", "农机", "播种", "收割", "春耕", "中亚", "北斗七星", "北斗星"]
note = "wants ASEAN or a member; the Plough, launches and farm machines are traps"
[[beidou_asean.ambiguous]]
names = ["เป่ยโต่ว", "เป๋ยโต่ว"]
languages = ["th"]
near = 100
accept = ["อาเซียน", "ไทย", "GISTDA", "จิสด้า", "ลาว", "กัมพูชา", "เมียนมา", "มาเลเซีย", "อินโดนีเซีย", "เวียดนาม", "ASEAN"]
reject = ["ปล่อยดาวเทียม", "ส่งดาวเทียม", "จรวด", "เอเชียกลาง"]
[[beidou_asean.ambiguous]]
names = ["Bắc Đẩu"]
languages = ["vi"]
near = 40
accept = ["ASEAN", "Việt Nam", "Lào", "Campuchia", "Thái Lan", "Đông Nam Á", "Malaysia", "Indonesia", "Myanmar"]
reject = ["sao Bắc Đẩu", "chòm sao", "Đại Hùng", "Bắc Đẩu Bội tinh", "phóng vệ tinh", "tên lửa", "Trung Á"]
note = "the Plough, and the Legion of Honour (Bắc Đẩu Bội tinh)"

[beibu]
title = "Beibu Gulf economic cooperation"
promote = ["泛北部湾", "Pelabuhan Teluk Beibu"]
[beibu.add]
en = ["Beibu Gulf Economic Zone", "Pan-Beibu Gulf", "Pan-Beibu Gulf Economic Cooperation"]
id = ["Kerja Sama Ekonomi Pan-Teluk Beibu", "Zona Ekonomi Teluk Beibu"]
vi = ["Diễn đàn hợp tác kinh tế Vịnh Bắc Bộ mở rộng", "Vành đai kinh tế Vịnh Bắc Bộ", "Khu kinh tế Vịnh Bắc Bộ"]
zh = ["北部湾港", "北部湾经济区", "北部湾经济合作", "钦州港", "北部湾国际门户港"]
th = ["เขตเศรษฐกิจอ่าวเป่ยปู้", "ความร่วมมือทางเศรษฐกิจอ่าวเป่ยปู้"]
[[beibu.ambiguous]]
names = ["Beibu Gulf", "Teluk Beibu", "Beibu-Golf", "Golfo di Beibu"]
languages = ["en", "id", "fil", "de", "it"]
near = 25
accept = ["economic", "economy", "ekonomi", "port", "ports", "pelabuhan", "cooperation", "kerja sama", "kerjasama", "kooperasyon", "ASEAN", "trade", "zone", "Guangxi", "Qinzhou", "Hafen", "Wirtschaft", "porto"]
reject = ["typhoon", "storm", "Coast Guard", "patrol", "drill", "live-fire", "fishermen", "Topan", "latihan militer"]
note = "the place alone is weather and fishing"
[[beibu.ambiguous]]
names = ["Gulf of Tonkin"]
languages = ["en"]
near = 25
accept = ["economic", "port", "ports", "trade", "Guangxi", "Qinzhou", "two corridors"]
reject = ["1964", "incident", "resolution", "Vietnam War", "typhoon", "storm", "depression", "fishing", "patrol", "Maddox", "baseline"]
note = "weather, fishing, and 1964"
[[beibu.ambiguous]]
names = ["北部湾"]
languages = ["zh"]
near = 16
accept = ["经济", "合作", "东盟", "港口", "物流", "集装箱", "开发", "航线", "陆海新通道", "城市群"]
reject = ["台风", "海警", "渔民", "休渔", "阵风", "海浪", "热带低压", "划界", "演习"]
note = "a place: weather, fishing and patrols are not meant"
[[beibu.ambiguous]]
names = ["Vịnh Bắc Bộ"]
languages = ["vi"]
near = 25
accept = ["hợp tác kinh tế", "hành lang", "cảng biển", "ASEAN", "Quảng Tây", "khu kinh tế", "logistics", "thương mại"]
reject = [
    "bão", "áp thấp", "gió", "sóng", "biển động", "mưa", "dông", "ngư dân", "đánh cá", "nghề cá", "khai thác thủy sản", "1964",
    "Sự kiện Vịnh Bắc Bộ", "phân định", "tuần tra", "cảnh sát biển", "đường cơ sở",
]
note = "weather, fishing, boundaries, and 1964"
[[beibu.ambiguous]]
names = ["อ่าวเป่ยปู้", "อ่าวตังเกี๋ย"]
languages = ["th"]
near = 80
accept = ["เศรษฐกิจ", "ความร่วมมือ", "ท่าเรือ", "กว่างซี", "การค้า", "โลจิสติกส์"]
reject = ["พายุ", "ฝน", "มรสุม", "อุตุนิยมวิทยา", "ความกดอากาศ", "คลื่น", "ดีเปรสชัน", "ไต้ฝุ่น"]
note = "all Thai mentions of อ่าวตังเกี๋ย seen so far were weather reports"
[[beibu.ambiguous]]
names = ["តំបន់ឈូងសមុទ្រខាងជើង"]
languages = ["km"]
accept = ["ចិន", "អាស៊ាន", "Guangxi", "សេដ្ឋកិច្ច"]
[[beibu.ambiguous]]
names = ["ပေပုဝမ်း", "ပေပုပင်လယ်ကွေ့"]
languages = ["my"]
accept = ["တရုတ်", "အာဆီယံ", "ကွမ်ရှီး", "စီးပွားရေး"]
[acfta]
title = "ASEAN-China Free Trade Area"
includes = ["acfta3"]
[acfta.add]
en = ["ASEAN-China Free Trade Agreement", "ASEAN-China FTA"]
id = ["Kawasan Perdagangan Bebas ASEAN-China", "Perjanjian Perdagangan Bebas ASEAN-China", "zona perdagangan bebas China dan ASEAN"]
ms = ["Perjanjian Perdagangan Bebas ASEAN-China"]
vi = ["Khu vực Mậu dịch Tự do ASEAN-Trung Quốc", "Khu vực Thương mại Tự do ASEAN-Trung Quốc"]
zh = ["中国—东盟自由贸易区", "东盟—中国自由贸易区", "东盟—中国自贸区", "中国—东盟自由贸易协定", "中国—东协自由贸易区"]
th = ["ความตกลงการค้าเสรีอาเซียน-จีน"]
lo = ["ເຂດການຄ້າເສລີອາຊຽນ-ຈີນ"]
km = ["តំបន់ពាណិជ្ជកម្មសេរីអាស៊ាន-ចិន"]
my = ["အာဆီယံ-တရုတ် လွတ်လပ်သောကုန်သွယ်မှုဧရိယာ", "တရုတ်-အာဆီယံ လွတ်လပ်သောကုန်သွယ်ရေးဇုန်"]
[[acfta.ambiguous]]
names = ["ACFTA"]
languages = ["en", "id", "vi", "th"]
accept = ["$china", "$asean"]
reject = ["African Continental", "AfCFTA", "African Union"]
note = "some write the African area so"
[[acfta.ambiguous]]
names = ["CAFTA"]
languages = ["en", "ms"]
near = 60
accept = ["$china", "$asean"]
reject = ["Central America", "Central American", "CAFTA-DR", "Dominican Republic", "Amerika Tengah"]
note = "also the Central American agreement"
[[acfta.ambiguous]]
names = ["东盟自贸区", "东盟自由贸易区"]
languages = ["zh"]
near = 20
accept = ["中国"]
note = "alone it is also ASEAN's own free trade area; 中国一东盟 with the ideograph for the dash is caught here"
[[acfta.ambiguous]]
names = ["malayang sonang pangkalakalan"]
languages = ["fil"]
near = 15
accept = ["Tsina", "China", "ASEAN"]

[acfta3]
title = "ASEAN-China Free Trade Area 3.0"
# the group of free trade areas near 3.0 finds these, and asks for ASEAN and China
drop = ["Free Trade Area (FTA) 3.0", "Free Trade Area (CAFTA) 3.0"]
[acfta3.add]
id = ["ACFTA versi 3.0", "peningkatan ACFTA 3.0"]
zh = ["中国—东盟自贸区3.0版", "中国—东盟自由贸易区3.0版"]
th = ["เขตการค้าเสรีอาเซียน-จีน 3.0", "ความตกลงการค้าเสรีอาเซียน-จีน 3.0"]
[[acfta3.ambiguous]]
names = [
    "ACFTA", "CAFTA", "ASEAN-China Free Trade Area", "China-ASEAN Free Trade Area", "ASEAN-China Free Trade Agreement", "ASEAN-China FTA",
    "China-ASEAN FTA", "Kawasan Perdagangan Bebas China-ASEAN", "Kawasan Perdagangan Bebas ASEAN-China",
    "Perjanjian Perdagangan Bebas ASEAN-China", "Khu vực Mậu dịch Tự do ASEAN-Trung Quốc", "Hiệp định Thương mại Tự do ASEAN-Trung Quốc",
    "Hiệp định Thương mại Tự do Trung Quốc-ASEAN", "东盟自贸区", "东盟自由贸易区", "เขตการค้าเสรีอาเซียน-จีน", "ความตกลงการค้าเสรีอาเซียน-จีน",
    "ເຂດການຄ້າເສລີອາຊຽນ-ຈີນ", "តំបន់ពាណិជ្ជកម្មសេរីអាស៊ាន-ចិន", "အာဆီယံ-တရုတ် လွတ်လပ်သောကုန်သွယ်မှုဧရိယာ",
]
languages = ["en", "id", "ms", "vi", "zh", "th", "lo", "km", "my"]
near = 12
accept = ["3.0"]
note = "the area's name and the number, with brackets or words between"
[[acfta3.ambiguous]]
names = ["Free Trade Area 3.0", "FTA 3.0", "3.0 Upgrade Protocol"]
languages = ["en"]
near = 60
accept = ["ASEAN", "ACFTA", "CAFTA", "China-ASEAN"]
note = "other agreements have a third version too"
[[acfta3.ambiguous]]
names = ["自贸区3.0版", "自由贸易区3.0版"]
languages = ["zh"]
near = 60
accept = ["东盟", "东协"]
reject = ["自贸试验区", "自由贸易试验区", "中欧班列"]
note = "the pilot zones of Shanghai and others have a 3.0 as well"

[rcep]
title = "Regional Comprehensive Economic Partnership"
promote = ["RCEP"]
[rcep.add]
id = ["Kemitraan Ekonomi Komprehensif Regional"]
ms = ["Perkongsian Ekonomi Komprehensif Serantau"]
fil = ["Panrehiyong Komprehensibong Partnership sa Ekonomiya"]
vi = ["Hiệp định Đối tác Kinh tế Toàn diện Khu vực"]
zh = ["区域全面经济伙伴关系", "区域全面经济伙伴协定"]
th = ["หุ้นส่วนทางเศรษฐกิจระดับภูมิภาค"]
lo = ["ຄູ່ຮ່ວມເສດຖະກິດຮອບດ້ານພາກພື້ນ"]
km = ["ភាពជាដៃគូសេដ្ឋកិច្ចគ្រប់ជ្រុងជ្រោយក្នុងតំបន់", "ភាពជាដៃគូសេដ្ឋកិច្ចគ្រប់ជ្រុងជ្រោយតំបន់"]
my = ["ဒေသတွင်း ဘက်စုံစီးပွားရေး ပူးပေါင်းဆောင်ရွက်မှု"]

[lmc]
title = "Lancang-Mekong Cooperation"
promote = ["Kerja Sama Lancang-Mekong", "Lancang-Mekong Cooperation"]
[lmc.add]
id = ["Kerja Sama Mekong-Lancang"]
ms = ["Kerjasama Lancang-Mekong"]
vi = ["Mê Công-Lan Thương"]
zh = ["澜沧江—湄公河合作", "湄公河—澜沧江合作"]
[[lmc.ambiguous]]
names = ["=LMC", "=MLC"]
languages = ["en", "vi"]
near = 40
accept = ["Lancang", "Mekong", "Lan Thương", "Mê Công", "แม่โขง", "澜湄"]
reject = ["Magellanic", "galaxy", "Land Management", "Local Management Committee"]
note = "also the Large Magellanic Cloud"
[[lmc.ambiguous]]
names = ["Lancang-Mekong", "Mekong-Lancang"]
languages = ["en", "id", "fil"]
near = 25
accept = ["cooperation", "kooperasyon", "pagtutulungan", "kerja sama", "kerjasama", "leaders", "foreign ministers", "mechanism", "LMC", "MLC", "meeting", "special fund", "countries"]
note = "else the river"
[[lmc.ambiguous]]
names = ["澜沧江—湄公河", "湄公河—澜沧江"]
languages = ["zh"]
near = 20
accept = ["合作", "机制", "领导人", "外长会", "次区域", "专项基金"]
note = "else the river"
[[lmc.ambiguous]]
names = ["ล้านช้าง"]
languages = ["th"]
near = 24
accept = ["แม่โขง", "กรอบความร่วมมือ", "MLC", "LMC"]
reject = ["อาณาจักรล้านช้าง", "อาณาจักร", "ธนาคารล้านช้าง", "โรงแรม"]
note = "the old Lao kingdom"
[[lmc.ambiguous]]
names = ["ລ້ານຊ້າງ"]
languages = ["lo"]
near = 24
accept = ["ແມ່ຂອງ", "ແມ່ນ້ຳຂອງ", "ການຮ່ວມມື", "ຈີນ"]
reject = ["ອານາຈັກ", "ທະນາຄານ", "ໂຮງແຮມ"]
note = "the old kingdom, a bank, hotels"

[china_laos_rail]
title = "China-Laos Railway"
[china_laos_rail.add]
en = ["Kunming-Vientiane railway"]
id = ["kereta api China-Laos", "jalur kereta api China-Laos"]
ms = ["landasan kereta api China-Laos", "laluan kereta api China-Laos"]
vi = ["tuyến đường sắt Trung Quốc-Lào"]
zh = ["老中铁路", "中寮铁路"]
lo = ["ລົດໄຟລາວ-ຈີນ"]
km = ["ផ្លូវដែកចិន-ឡាវ", "ផ្លូវរថភ្លើងចិន-ឡាវ"]
my = ["တရုတ်-လာအို ရထားလမ်း", "တရုတ်-လာအို မီးရထားလမ်း"]
[[china_laos_rail.ambiguous]]
names = ["Tiongkok-Laos", "Laos-Tiongkok", "China-Laos", "Laos-China", "Cina-Laos", "Tsina-Laos"]
languages = ["id", "ms", "fil", "en"]
near = 8
accept = ["kereta api", "kereta", "jalur kereta", "rel", "railway", "railroad", "train", "daambakal", "tren"]
note = "the two countries, with a railway beside them"

[pan_asia_rail]
title = "Pan-Asian railway, with the China-Thailand line"
promote = ["Pan-Asian Railway", "Pan-Asia railway", "Kunming-Singapore railway"]
[pan_asia_rail.add]
en = ["Thailand-China high-speed railway", "China-Thailand high-speed railway", "Singapore-Kunming Rail Link"]
vi = ["đường sắt xuyên Á", "đường sắt Trung Quốc-Thái Lan"]
zh = ["中泰高铁", "昆新铁路"]
th = ["รถไฟจีน-ไทย", "ทางรถไฟสายแพนเอเชีย"]
lo = ["ທາງລົດໄຟໄທ-ຈີນ"]
[[pan_asia_rail.ambiguous]]
names = ["Tiongkok-Thailand", "Thailand-Tiongkok", "China-Thailand", "Thailand-China"]
languages = ["id", "ms", "en"]
near = 8
accept = ["kereta api", "kereta cepat", "jalur kereta", "railway", "high-speed rail", "train"]
note = "the two countries, with a railway beside them"

[jb_hsr]
title = "Jakarta-Bandung high-speed railway"
[jb_hsr.add]
en = ["Jakarta-Bandung high-speed rail", "Jakarta-Bandung HSR", "Kereta Cepat Indonesia China"]
ms = ["kereta api laju Jakarta-Bandung", "kereta api berkelajuan tinggi Jakarta-Bandung"]
vi = ["đường sắt cao tốc Jakarta-Bandung"]
zh = ["雅加达—万隆高铁", "雅加达至万隆高铁", "雅加达—万隆高速铁路"]
th = ["รถไฟความเร็วสูงจาการ์ตา-บันดุง", "รถไฟความเร็วสูงสายจาการ์ตา-บันดุง"]
lo = ["ລົດໄຟຄວາມໄວສູງຈາກາຕາ-ບັນດຸງ"]
km = ["រថភ្លើងល្បឿនលឿនចាការតា-បានឌុង"]
[[jb_hsr.ambiguous]]
names = ["Whoosh"]
languages = ["en", "id"]
accept = ["kereta", "Jakarta", "Bandung", "KCIC", "KCJB", "high-speed", "train", "Halim", "Padalarang", "Tegalluar"]
note = "also a sound, and a football word"
[[jb_hsr.ambiguous]]
names = ["kereta cepat"]
languages = ["id"]
near = 25
accept = ["Bandung", "KCIC", "KCJB", "Whoosh", "Tiongkok", "China", "Halim", "Padalarang", "Tegalluar"]
reject = ["Shinkansen", "TGV"]
[[jb_hsr.ambiguous]]
names = ["kereta Jakarta-Bandung"]
languages = ["id"]
accept = ["cepat", "KCIC", "KCJB", "Whoosh", "Tiongkok", "China"]
note = "the old slow trains run between the two cities too"
[[jb_hsr.ambiguous]]
names = ["ဂျာကာတာ-ဘန်ဒေါင်း", "ဂျကာတာ-ဘန်ဒေါင်း", "ဂျကာတာ-ဘန္ဒေါင်း"]
languages = ["my"]
accept = ["ရထား", "တရုတ်"]
note = "the two cities, with a train"

[ecrl]
title = "East Coast Rail Link"
[ecrl.add]
ms = ["Projek Laluan Rel Pantai Timur", "landasan kereta api Pantai Timur"]
vi = ["đường sắt bờ biển phía Đông Malaysia", "tuyến đường sắt Bờ Đông Malaysia"]
zh = ["马来西亚东铁", "东海岸衔接铁道", "东铁计划"]
th = ["รถไฟเชื่อมชายฝั่งตะวันออกของมาเลเซีย", "รถไฟชายฝั่งตะวันออกมาเลเซีย"]
[[ecrl.ambiguous]]
names = ["东海岸铁路"]
languages = ["zh"]
near = 60
accept = ["马来西亚", "大马", "马中", "中马", "关丹", "哥打巴鲁", "ECRL"]

[twin_parks]
title = "Two Countries, Twin Parks"
[twin_parks.add]
en = ["Two Countries Twin Parks", "Malaysia-China Kuantan Industrial Park", "Qinzhou Industrial Park", "CMQIP"]
id = ["Dua Negara Taman Kembar", "Dua Negara, Taman Kembar"]
ms = ["Dua Negara, Taman Berkembar", "Taman Perindustrian Kuantan Malaysia-China"]
zh = ["中马钦州产业园", "马中关丹产业园", "中印尼两国双园"]

[cbiz]
title = "China-ASEAN cross-border industrial zone"
[cbiz.add]
id = ["Zona Kerja Sama Integrasi Industri Lintas Batas China-ASEAN"]
zh = ["中国—东盟跨境产业融合发展合作区", "跨境产业融合发展合作区", "中国—东盟产业合作区"]
[[cbiz.ambiguous]]
names = ["hợp tác công nghiệp Guangxi", "hợp tác công nghiệp Quảng Tây", "chuỗi sản xuất và chuỗi cung ứng xuyên biên giới"]
languages = ["vi"]
accept = ["ASEAN", "Nam Ninh", "Nanning", "Trung Quốc-ASEAN"]
note = "descriptions, not names"

[pinglu]
title = "Pinglu Canal"
promote = ["Kanal Pinglu", "Terusan Pinglu", "kênh đào Bình Lục", "คลองผิงลู่"]
[pinglu.add]
fil = ["Kanal ng Pinglu"]
vi = ["kênh đào Pinglu", "kênh Bình Lục"]
th = ["คลองขุดผิงลู่"]

[cmec]
title = "China-Myanmar Economic Corridor"
[cmec.add]
id = ["Koridor Ekonomi China-Myanmar"]
ms = ["Koridor Ekonomi China-Myanmar"]
vi = ["Hành lang kinh tế Trung Quốc-Myanmar"]
zh = ["中缅经济走廊"]
th = ["ระเบียงเศรษฐกิจจีน-เมียนมา"]
[[cmec.ambiguous]]
names = ["=CMEC"]
languages = ["en"]
accept = ["Myanmar", "Economic Corridor", "Kyaukphyu", "缅甸", "မြန်မာ", "เมียนมา"]
reject = ["China Machinery Engineering", "Machinery Engineering"]
note = "also China Machinery Engineering Corporation"

[cicpec]
title = "China-Indochina Peninsula Economic Corridor"
[cicpec.add]
en = ["CICPEC", "Indochina Peninsula Economic Corridor"]
id = ["Koridor Ekonomi China-Semenanjung Indochina"]
vi = ["Hành lang kinh tế Trung Quốc-bán đảo Đông Dương"]
zh = ["中南半岛经济走廊"]
th = ["ระเบียงเศรษฐกิจจีน-คาบสมุทรอินโดจีน"]

[defa]
title = "ASEAN Digital Economy Framework Agreement"
[defa.add]
id = ["Perjanjian Kerangka Ekonomi Digital ASEAN"]
vi = ["Hiệp định khung kinh tế số ASEAN"]
zh = ["东盟数字经济框架协定", "东盟数字经济框架协议"]
th = ["กรอบความตกลงด้านเศรษฐกิจดิจิทัลอาเซียน"]
lo = ["ສັນຍາຂອບເສດຖະກິດດິຈິຕອນອາຊຽນ"]
km = ["កិច្ចព្រមព្រៀងក្របខ័ណ្ឌសេដ្ឋកិច្ចឌីជីថលអាស៊ាន"]
[[defa.ambiguous]]
names = ["Digital Economy Framework"]
languages = ["en", "th"]
near = 60
accept = ["$asean"]
note = "the name cut short; other blocs have such a framework"
[[defa.ambiguous]]
names = ["=DEFA"]
languages = ["en", "id", "th"]
near = 60
accept = ["$asean", "digital economy", "ekonomi digital", "เศรษฐกิจดิจิทัล", "kinh tế số", "数字经济"]
reject = ["film", "films", "studio", "Babelsberg"]
note = "also the East German film studio"

[adm2025]
title = "ASEAN Digital Masterplan 2025"
[adm2025.add]
en = ["ASEAN Digital Master Plan"]
id = ["Rencana Induk Digital ASEAN"]
ms = ["Pelan Induk Digital ASEAN"]
vi = ["Kế hoạch tổng thể số ASEAN 2025", "Kế hoạch tổng thể kỹ thuật số ASEAN 2025"]
zh = ["东盟数字总体规划2025", "东盟数字总体规划"]
km = ["ផែនការមេឌីជីថលអាស៊ាន"]
[[adm2025.ambiguous]]
names = ["Digital Masterplan", "Digital Master Plan", "ADM 2025"]
languages = ["en", "th"]
near = 30
accept = ["$asean"]
note = "countries and firms have a digital masterplan too"

[wic]
title = "World Internet Conference"
[wic.add]
ms = ["Persidangan Internet Dunia"]
vi = ["Hội nghị Internet Thế giới", "Đại hội Internet Thế giới"]
th = ["การประชุมอินเทอร์เน็ตโลก"]
lo = ["ກອງປະຊຸມອິນເຕີເນັດໂລກ"]
km = ["សន្និសីទអ៊ីនធឺណិតពិភពលោក"]
my = ["ကမ္ဘာ့အင်တာနက်ညီလာခံ"]
[[wic.ambiguous]]
names = ["乌镇峰会"]
languages = ["zh"]
accept = ["互联网"]

[silk_ecom]
title = "Silk Road e-commerce"
[silk_ecom.add]
en = ["Silk Road Ecommerce"]
id = ["e-commerce Jalur Sutra", "E-dagang Jalur Sutra", "perdagangan elektronik Jalur Sutra"]
ms = ["e-dagang Laluan Sutera"]
vi = ["thương mại điện tử Con đường tơ lụa"]
th = ["อีคอมเมิร์ซเส้นทางสายไหม"]
"""

HAND_NAMES = r"""
places = [
    {id = "nanning", title = "Nanning", kind = "city", lexicon = "Nanning", forms = {km = ["ណាននីង"]}},
    {id = "guangxi", title = "Guangxi", kind = "region", lexicon = "Guangxi", any = ["Guangxi", "GZAR"], drop = ["ကွမ်ရှီး(ကျွမ့်) ကိုယ်ပိုင်အုပ်ချုပ်ခွင့်ရဒေသ"], forms = {km = ["ក្វាងស៊ី"]}},
    {id = "guilin", title = "Guilin", kind = "city", lexicon = "Guilin", reject = ["Tập đoàn Quế Lâm", "Công ty Quế Lâm"]},
    {id = "beihai", title = "Beihai", kind = "city", lexicon = "Beihai", reject = ["北海道", "北海公园", "北海油田", "北海舰队", "北海布伦特", "Beihai Park", "cư xá Bắc Hải"]},
    {id = "qinzhou", title = "Qinzhou", kind = "city", lexicon = "Qinzhou", drop = ["钦州港"], forms = {th = ["ชินโจว"]}},
    {id = "qinzhou_port", title = "Qinzhou Port", kind = "port", any = ["Qinzhou Port", "Port of Qinzhou"], forms = {id = ["Pelabuhan Qinzhou"], zh = ["钦州港"], vi = ["cảng Khâm Châu"]}},
    {id = "fangchenggang", title = "Fangchenggang", kind = "city", lexicon = "Fangchenggang", forms = {vi = ["Phòng Thành Cảng"]}},
    {id = "pingxiang", title = "Pingxiang", kind = "city", lexicon = "Pingxiang"},
    {id = "dongxing", title = "Dongxing", kind = "city", lexicon = "Dongxing", reject = ["东兴证券", "东兴区", "huyện Đông Hưng"], forms = {vi = ["Đông Hưng"]}},
    {id = "chongzuo", title = "Chongzuo", kind = "city", lexicon = "Chongzuo", forms = {vi = ["Sùng Tả"]}},
    {id = "liuzhou", title = "Liuzhou", kind = "city", lexicon = "Liuzhou", forms = {vi = ["Liễu Châu"]}},
    {id = "wuxiang", title = "Wuxiang New District", kind = "district", lexicon = "Wuxiang New District", any = ["Wuxiang New District", "Wuxiang New Area"]},
    {id = "beibu_gulf", title = "Beibu Gulf", kind = "water", lexicon = "Beibu Gulf", any = ["Beibu Gulf", "Gulf of Tonkin"], reject = ["北部湾信息港", "Beibu Gulf Information Port"]},
    {id = "chongqing", title = "Chongqing", kind = "city", lexicon = "Chongqing", forms = {vi = ["Trùng Khánh"], th = ["ฉงชิ่ง"]}, reject = ["huyện Trùng Khánh"]},
    {id = "kunming", title = "Kunming", kind = "city", lexicon = "Kunming", forms = {vi = ["Côn Minh"], th = ["คุนหมิง"], lo = ["ຄຸນໝິງ"]}},
    {id = "kuantan", title = "Kuantan", kind = "city", lexicon = "Kuantan"},
    {id = "vientiane", title = "Vientiane", kind = "city", lexicon = "Vientiane", zone = "Asia/Vientiane", any = ["Vientiane"], reject = ["包罗万象", "万象更新", "万象城", "森罗万象", "万象汇"], forms = {lo = ["ວຽງຈັນ", "ນະຄອນຫຼວງວຽງຈັນ"], zh = ["永珍"]}},
    {id = "beijing", title = "Beijing", kind = "city", lexicon = "Beijing", any = ["Beijing"], forms = {zh = ["北京"], lo = ["ປັກກິ່ງ"], my = ["ပေကျင်း"]}},
    {id = "jakarta", title = "Jakarta", kind = "city", zone = "Asia/Jakarta", forms = {km = ["ចាការតា", "ហ្សាកាតា"], vi = ["Gia-các-ta"]}},
    {id = "bangkok", title = "Bangkok", kind = "city", zone = "Asia/Bangkok", forms = {th = ["กรุงเทพมหานคร"]}},
    {id = "kuala_lumpur", title = "Kuala Lumpur", kind = "city", zone = "Asia/Kuala_Lumpur"},
    {id = "manila", title = "Manila", kind = "city", zone = "Asia/Manila", forms = {fil = ["Maynila"]}},
    {id = "phnom_penh", title = "Phnom Penh", kind = "city", zone = "Asia/Phnom_Penh", forms = {lo = ["ພະນົມເປນ"], vi = ["Phnôm Pênh"]}},
    {id = "hanoi", title = "Hanoi", kind = "city", any = ["Hanoi", "Ha Noi", "Hà Nội"], forms = {zh = ["河内"], th = ["ฮานอย"], lo = ["ຮ່າໂນ້ຍ"], km = ["ហាណូយ"], my = ["ဟနွိုင်း"]}},
    {id = "naypyidaw", title = "Naypyidaw", kind = "city", any = ["Naypyidaw", "Nay Pyi Taw", "Naypyitaw"], forms = {zh = ["内比都", "奈比多"], th = ["เนปยีดอ", "เนปิดอว์", "กรุงเนปยีดอ"], lo = ["ເນປີດໍ"], km = ["ណៃពិដោ"], my = ["နေပြည်တော်"]}},
    {id = "bandar_seri_begawan", title = "Bandar Seri Begawan", kind = "city", any = ["Bandar Seri Begawan"], forms = {zh = ["斯里巴加湾市", "斯里巴加湾"], th = ["บันดาร์เสรีเบกาวัน"]}},
    {id = "yangon", title = "Yangon", kind = "city", zone = "Asia/Rangoon", any = ["Yangon", "Rangoon"]},
    {id = "ho_chi_minh_city", title = "Ho Chi Minh City", kind = "city", zone = "Asia/Saigon", any = ["Ho Chi Minh City", "Saigon"], drop = ["Ho Chi Minh", "ໂຮຈິມິນ", "ហូជីមីញ"], forms = {lo = ["ນະຄອນໂຮຈິມິນ"], km = ["ទីក្រុងហូជីមីញ"], vi = ["Thành phố Hồ Chí Minh", "TP Hồ Chí Minh", "TPHCM", "Sài Gòn"]}},
    {id = "china", title = "China", kind = "country", lexicon = "China", territory = "CN", any = ["China"], drop = ["TQ"], forms = {id = ["Republik Rakyat Tiongkok"], ms = ["Republik Rakyat China"], zh = ["中华人民共和国"]}},
    {id = "brunei", title = "Brunei", kind = "country", territory = "BN", any = ["Brunei", "Brunei Darussalam"], forms = {vi = ["Bru-nây"]}},
    {id = "cambodia", title = "Cambodia", kind = "country", territory = "KH", forms = {ms = ["Kemboja"], id = ["Kamboja"]}},
    {id = "indonesia", title = "Indonesia", kind = "country", territory = "ID", forms = {zh = ["印尼"], vi = ["In-đô-nê-xi-a"]}},
    {id = "laos", title = "Laos", kind = "country", territory = "LA", any = ["Laos", "Lao PDR"], drop = ["ລາວ"], reject = ["Gió Lào", "thuốc lào"], forms = {lo = ["ສປປ ລາວ", "ສ.ປ.ປ ລາວ", "ປະເທດລາວ", "ລາວ-ຈີນ", "ຈີນ-ລາວ"], th = ["สปป.ลาว", "สปป. ลาว"], zh = ["老挝", "寮国"]}},
    {id = "malaysia", title = "Malaysia", kind = "country", territory = "MY", forms = {zh = ["大马"], vi = ["Ma-lai-xi-a"]}},
    {id = "myanmar", title = "Myanmar", kind = "country", territory = "MM", any = ["Myanmar", "Burma"], forms = {th = ["พม่า", "เมียนมา"], vi = ["Mi-an-ma"]}},
    {id = "philippines", title = "Philippines", kind = "country", territory = "PH", any = ["Philippines"], forms = {id = ["Filipina"], fil = ["Pilipinas"]}},
    {id = "singapore", title = "Singapore", kind = "country", territory = "SG", forms = {zh = ["狮城"], vi = ["Xin-ga-po"]}},
    {id = "thailand", title = "Thailand", kind = "country", territory = "TH", forms = {th = ["ประเทศไทย", "ไทย"]}},
    {id = "vietnam", title = "Vietnam", kind = "country", territory = "VN", any = ["Vietnam", "Viet Nam", "Việt Nam"], forms = {fil = ["Biyetnam"]}},
    {id = "asean", title = "ASEAN", kind = "bloc", lexicon = "ASEAN", any = ["ASEAN", "Association of Southeast Asian Nations", "Association of South East Asian Nations"], drop = ["10+1"], forms = {id = ["Perhimpunan Bangsa-Bangsa Asia Tenggara"], vi = ["Hiệp hội các quốc gia Đông Nam Á"], fil = ["Samahan ng mga Bansa sa Timog-silangang Asya"], zh = ["东南亚国家联盟"], th = ["สมาคมประชาชาติแห่งเอเชียตะวันออกเฉียงใต้"]}},
]
organisations = [
    {id = "cac", title = "Cyberspace Administration of China", kind = "agency", lexicon = "CAC Cyberspace Administration of China / SIIO", any = ["Cyberspace Administration of China", "State Internet Information Office", "SIIO"], drop = ["State Internet Information Office (SIIO)"], forms = {zh = ["中央网信办"]}},
    {id = "ndrc", title = "National Development and Reform Commission", kind = "agency", lexicon = "NDRC", any = ["National Development and Reform Commission", "NDRC"], forms = {zh = ["国家发展和改革委员会"], vi = ["Ủy ban Cải cách và Phát triển Quốc gia Trung Quốc"]}},
    {id = "miit", title = "Ministry of Industry and Information Technology", kind = "ministry", lexicon = "MIIT", any = ["Ministry of Industry and Information Technology", "MIIT"]},
    {id = "guangxi_big_data_bureau", title = "Guangxi Big Data Bureau", kind = "agency", lexicon = "Guangxi Big Data Bureau", any = ["Guangxi Big Data Bureau", "Guangxi Big Data Development Bureau", "Big Data Development Bureau of Guangxi"], drop = ["自治区大数据发展局"], forms = {id = ["Biro Pengembangan Mahadata Daerah Otonom Etnis Zhuang Guangxi"], zh = ["广西壮族自治区大数据发展局", "自治区大数据发展局", "广西大数据发展局"]}},
    {id = "china_unicom", title = "China Unicom", kind = "company", lexicon = "China Unicom", forms = {th = ["ไชน่ายูนิคอม", "ไชน่า ยูนิคอม"]}},
    {id = "china_telecom", title = "China Telecom", kind = "company", forms = {zh = ["中国电信"]}},
    {id = "china_mobile", title = "China Mobile", kind = "company", forms = {zh = ["中国移动"]}},
    {id = "cec_beibu_port", title = "CEC Beibu Gulf Information Port", kind = "project", lexicon = "CEC Beibu Gulf Information Port", any = ["CEC Beibu Gulf Information Port", "Beibu Gulf Information Port"]},
    {id = "asiainfo", title = "AsiaInfo", kind = "company", lexicon = "AsiaInfo", any = ["AsiaInfo"], drop = ["亚信"], forms = {zh = ["亚信科技"]}},
    {id = "redhorse_fund", title = "RedHorse Fund", kind = "fund", lexicon = "RedHorse Fund"},
    {id = "huaxin_mining", title = "Huaxin Mining", kind = "company", lexicon = "Huaxin Mining"},
    {id = "robot_industry_alliance", title = "Robot Industry Alliance", kind = "association", lexicon = "Robot Industry Alliance"},
    {id = "ai_institute_beihai", title = "AI Institute, Beihai branch", kind = "institute", lexicon = "AI Institute (Beihai branch)", any = ["AI Institute cabang Beihai", "AI Institute Beihai"]},
    {id = "beihai_industrial_zone", title = "Beihai Industrial Zone", kind = "park", lexicon = "Beihai Industrial Zone", any = ["Beihai Industrial Zone", "Beihai Industrial Park"]},
    {id = "wuxiang_cloud_valley", title = "Wuxiang Cloud Valley", kind = "park", lexicon = "Wuxiang Cloud Valley"},
    {id = "asean_china_centre", title = "ASEAN-China Centre", kind = "agency", lexicon = "ASEAN-China Centre", any = ["ASEAN-China Centre", "ASEAN-China Center"], drop = ["ACC"], forms = {zh = ["中国—东盟中心", "东盟—中国中心"], vi = ["Trung tâm ASEAN-Trung Quốc"], id = ["Pusat ASEAN-China"]}},
    {id = "caexpo_secretariat", title = "CAEXPO Secretariat", kind = "agency", lexicon = "CAEXPO Secretariat", any = ["CAEXPO Secretariat", "China-ASEAN Expo Secretariat"], forms = {zh = ["中国—东盟博览会秘书处", "东博会秘书处"], vi = ["Ban Thư ký CAEXPO"]}},
    {id = "china_media_group", title = "China Media Group", kind = "publisher", lexicon = "CRI / CMG language desks", any = ["China Media Group", "China Radio International", "CRI Online"], drop = ["CMG"], forms = {zh = ["中央广播电视总台", "中国国际广播电台"]}},
    {id = "gistda", title = "GISTDA", kind = "agency", lexicon = "GISTDA", any = ["GISTDA"], forms = {th = ["จิสด้า"]}},
    {id = "chen_guoliang", title = "Chen Guoliang", kind = "person", lexicon = "people in the seed", drop = ["鄂维南", "赵法箴", "郑建华"]},
    {id = "e_weinan", title = "E Weinan", kind = "person", any = ["E Weinan", "Weinan E"], forms = {zh = ["鄂维南"]}},
    {id = "zhao_fazhen", title = "Zhao Fazhen", kind = "person", forms = {zh = ["赵法箴"]}},
    {id = "zheng_jianhua", title = "Zheng Jianhua", kind = "person"},
    {id = "lu_wei", title = "Lu Wei", kind = "person", lexicon = "people in the stories", forms = {zh = ["鲁炜"]}},
    {id = "lu_dongliang", title = "Lu Dongliang", kind = "person", forms = {zh = ["鲁东亮"]}},
    {id = "qin_rupei", title = "Qin Rupei", kind = "person", forms = {zh = ["秦如培"]}},
    {id = "huang_junhua", title = "Huang Junhua", kind = "person"},
    {id = "ying_li", title = "Ying Li", kind = "person"},
    {id = "chen_gang", title = "Chen Gang", kind = "person", forms = {zh = ["陈刚"]}},
    {id = "sem_phommachan", title = "Sem Phommachan", kind = "person", forms = {zh = ["谢姆·蓬玛占"]}},
    {id = "teo_nie_ching", title = "Teo Nie Ching", kind = "person", forms = {zh = ["张念群"]}},
]
"""


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    query = Path(__file__).parent / "query"
    write_topics(source, query / "topics")
    write_names(source, query / "names")
