"""Which agency a story names as its first source: in its dateline, its credits, or behind its end."""

import re
from functools import cache, lru_cache

import ahocorasick_rs

#: Names as the press writes them, and the one name that we keep for each.
_AGENCIES = {
    "Xinhua": "xinhua(?: ?net)?|新华社|新华网|新華社|新華網|tân hoa xã|ซินหัว|ស៊ិនហួ|ຊິນຫົວ|ဆင်ဟွာ|ရှင်ဟွာ",
    "China News Service": "china news service|中新社|中新网|中新網",
    "PRNewswire": "pr ?newswire|美通社",
    "Media OutReach": "media outreach( newswire)?",
    "GlobeNewswire": "globe ?newswire",
    "ANTARA": "antara(?: news)?",
    "Bernama": "bernama|马新社|馬新社",
    "VNA": "vna|ttxvn|vietnam news agency|thông tấn xã việt nam",
    "TNA": "tna|สำนักข่าวไทย",
    "AKP": "akp|ទីភ្នាក់ងារសារព័ត៌មានកម្ពុជា",
    "KPL": "kpl|ຂປລ",
    "MNA": "mna|မြန်မာသတင်းစဉ်",
    "PNA": "pna|philippine news agency",
    "Reuters": "reuters|路透社?|รอยเตอร์|រ៉យទ័រ|ရိုက်တာ",
    "AFP": "afp|法新社|เอเอฟพี",
    "AP": "ap|associated press|美联社|美聯社",
    "CNA": "中央社",
    "Kyodo": "kyodo|共同社",
    "Yonhap": "yonhap|韩联社|韓聯社",
    "Tatoli": "tatoli",
}
#: What they sign with behind the last sentence, besides their names: (T.KR-WNM) is ANTARA's.
_SIGNS = {
    "ANTARA": r"ant|t\.[a-z]{2,4}(?:[-/.][a-z0-9]{1,4})+",
    "VNA": r"vietnam\+|vns",
    "MNA": "သတင်းစဉ်|gnlm",
    "China News Service": "ecns",
}
_ANY = "|".join(f"(?P<a{index}>{names})" for index, names in enumerate(_AGENCIES.values()))
_ENDS = "|".join(
    f"(?P<a{index}>{'|'.join([names, *([_SIGNS[name]] if name in _SIGNS else [])])})"
    for index, (name, names) in enumerate(_AGENCIES.items())
)
_EDGE = r"(?![A-Za-zÀ-ɏḀ-ỹ])"
#: "NANNING, Sept. 14 (Xinhua) --", "/PRNewswire/", "ရန်ကုန်၊ … (ဆင်ဟွာ)"
_BRACKETED = re.compile(
    rf"[(/（]\s*(?:antara\s*/\s*)?(?:{_ANY}){_EDGE}[^)/）]{{0,30}}[)/）]", re.IGNORECASE
)
#: "新华社北京9月12日电", "中新社南宁10月12日电"
_CHINESE = re.compile(
    rf"^\W*(?:{_ANY})[^，。\s]{{0,12}}\d{{1,2}}月?\d{{0,2}}日?[电電讯訊]", re.IGNORECASE
)
_CREDITED = re.compile(
    rf"^(?:penerjemah|sumber|source|nguồn|theo|ที่มา|来源|來源|ប្រភព|ដោយ|ແຫຼ່ງຂ່າວ|ရင်းမြစ်|salin)\s*[:：៖]?\s*(?:{_ANY}){_EDGE}",
    re.IGNORECASE | re.MULTILINE,
)
_STOP = r"(?<=[.!?។៕။。！？\"”’»])"
_WITHIN = r"[^()（）\[\]\n]"
_BEFORE_SLASH = rf"(?:{_WITHIN}{{0,40}}/)?"
#: How a text is signed behind its last sentence: "(PNA)", "(ANTARA/rig)"; "-- BERNAMA",
#: "Copyright © ANTARA 2024"; a line of its own; "… in May. GNLM".
_SIGNED = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"(?:^|{_STOP})[ \t]*[(（\[]\s*{_BEFORE_SLASH}(?:{_ENDS}){_EDGE}{_WITHIN}{{0,20}}[)）\]][ \t.]*$",
        rf"(?:^|[\s.!?\"”。])[-–—]{{1,2}}[ \t]*(?:{_ENDS})[ \t.]*$",
        rf"^\W*(?:copyright|hak cipta)\W*(?:{_ANY}){_EDGE}",
        rf"^[^\w\n]*(?:{_ENDS})[^\w\n]*$",
        rf"{_STOP}[ \t]+(?:{_ENDS})[ \t.]*$",
    )
)
#: Xinhua's last word, and the editor and date (year of the Republic) of Taiwan's CNA
_LAST = {
    "Xinhua": re.compile(rf"(?:^|{_STOP})\s*Enditem\W*\Z", re.MULTILINE),
    "CNA": re.compile(r"（編輯：[^（）]{2,30}）\s*\d{7}\s*\Z"),
}
#: Characters at the start in which a dateline stands, at the end for credits, and for what
#: signs the text.
_HEAD, _FOOT, _END = 250, 400, 200


def agency(text: str) -> str:
    """Return the agency that the text names as its source, or ""."""
    head, foot = text[:_HEAD], text[-_FOOT:]
    for found in (
        *_BRACKETED.finditer(head),
        _CHINESE.search(head),
        _CREDITED.search(head),
        _CREDITED.search(foot),
    ):
        if found is not None and not _is_small(found):
            return _named(found)
    return _signed(text[-_END:])


def _signed(end: str) -> str:
    """Return the agency that signs a text behind its last sentence, or ""."""
    for name, last in _LAST.items():
        if last.search(end):
            return name
    for signed in _SIGNED:
        found = signed.search(end)
        if found is not None and not _is_small(found):
            return _named(found)
    return ""


def _is_small(found: re.Match[str]) -> bool:
    """Say whether the name is in small letters: (ap) is a reporter's code, antara means between."""
    name = next(value for value in found.groupdict().values() if value)
    return name.isascii() and name.islower()


#: "reported by": words before the name, and behind it, in a text's first sentences
_BEFORE = (
    "dilansir(?: dari)?|melansir|dikutip dari|mengutip|dilaporkan(?: oleh)?|lapor|memetik laporan|"
    "according to|as reported by|citing|据|據|theo|dẫn nguồn(?: từ)?|ตามรายงานของ(?:สำนักข่าว)?|"
    "สำนักข่าว|យោងតាម(?:ទីភ្នាក់ងារព័ត៌មាន)?|តាមការរាយការណ៍របស់|ອີງຕາມ(?:ສຳນັກຂ່າວສານ)?|"
    "ຕາມການລາຍງານຂອງ(?:ສຳນັກຂ່າວ)?|ayon sa(?: ulat ng)?|batay sa ulat ng"
)
_BEHIND = (
    r"\s*(?:news agency |သတင်းဌာန|သတင်းအေဂျင်စီ)?"
    "(?:reported|reports|melaporkan|报道|報道|报导|消息|đưa tin|รายงาน(?:ว่า)?|រាយការណ៍|ລາຍງານ|"
    "က ?(?:ရေးသား)?ဖော်ပြ|၏ ?အဆိုအရ|၏ ?သတင်းအရ)"
)
_REPORTED_BY = re.compile(
    rf"(?<![A-Za-zÀ-ɏḀ-ỹ])(?:{_BEFORE})\s*(?:{_ANY}){_EDGE}|"
    rf"(?<![A-Za-zÀ-ɏḀ-ỹ])(?:{_ANY.replace('(?P<a', '(?P<b')}){_BEHIND}",
    re.IGNORECASE,
)
_CALLED = re.compile(rf"(?:{_ANY}){_EDGE}", re.IGNORECASE)


def reported_by(text: str) -> str:
    """Return the agency whose report a text says it passes on in its first sentences, or ""."""
    head = text[:_HEAD]
    # The pattern is tried at every letter: a look for a part of each name is quicker.
    return _named(_REPORTED_BY.search(head)) if _holds_name(head) else ""


def _holds_name(text: str) -> bool:
    """Say whether a text may name an agency: it holds some part that its name always has."""
    return bool(_parts().find_matches_as_indexes(text.casefold()))


@cache
def _parts() -> ahocorasick_rs.AhoCorasick:
    names = (name for names in _AGENCIES.values() for name in names.split("|"))
    return ahocorasick_rs.AhoCorasick([_certain(name) for name in names])


def _certain(name: str) -> str:
    """Return the longest part of a name's pattern that is in all that it matches."""
    return max(re.split(r"\(.*?\)\?|.\?", name), key=len).casefold()


@lru_cache(maxsize=4096)
def agency_called(name: str) -> str:
    """Return the agency that an outlet's name is of, or ""."""
    return _named(_CALLED.match(name))


def _named(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    group = next(name for name, value in found.groupdict().items() if value)
    return list(_AGENCIES)[int(group[1:])]
