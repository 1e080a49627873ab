"""Figures that look like a day and are none: days of the moon, shares, streets."""

import re

#: a day of the moon's calendar is no date: 农历八月十五日, ngày 15 tháng 8 âm lịch
_LUNAR_BEFORE = re.compile(
    "(?:农历|農曆|农曆|阴历|陰曆|旧历|舊曆|夏历|夏曆)[^，。；、,;.\\d\n]{0,6}\\Z"
)
_LUNAR_BEHIND = re.compile(
    r"(?:\s*năm(?: [^\W\d]+){1,2})?[\s,(（]*(?:âm lịch|âl(?!\w)|农历|農曆|ตามปฏิทินจันทรคติ|តាមចន្ទគតិ"
    r"|(?:of|on|in|by) the (?:chinese |traditional )?lunar|ຕາມປະຕິທິນຈັນທະຄະຕິ"
    r"|(?:[a-z]+ )?(?:kalender|kalendar|takwim|penanggalan|kalendaryong) (?:lunar|imlek|cina))"
)
#: before days without a year that may be a share: 2-3/10 hộ
_DAY_WORD = re.compile(
    r"(?:ngày|từ|sáng|chiều|tối|trưa|đêm|hôm|tanggal|tarikh|tgl\.?|วันที่|ວັນທີ|ថ្ងៃទី|\(|hari|petsa)\s*\Z"
)
#: behind figures that are a share and no day: 2/3 số hộ, 3/4 dari warga
_SHARE = re.compile(
    r"\s*(?:số|trong|diện tích|dân số|tổng|của|of|dari|daripada|ng|sa|ของ|ຂອງ|នៃ|的|是|คน|hộ)(?!\w)"
)
#: before figures that are an address: Jalan 14/2, เลขที่ 12/3
_ADDRESS = re.compile(
    r"(?:(?<!\w)(?:jalan|jln\.?|jl\.?|lorong|persiaran|lot|blok|block|no\.?|nombor|nomor|seksyen|section|"
    r"route|road|đường|ngõ|ngách|hẻm|số|rt|unit|kav\.?|kalye)|ซอย|ถนน|เลขที่|หมู่|ຖະໜົນ|ເລກທີ|ຮ່ອມ|ផ្លូវ|លេខ|အမှတ်|လမ်း|号|號)\s*\Z"
)


def is_lunar(lower: str, start: int, end: int) -> bool:
    """Say whether a day of a flat text is one of the moon's calendar."""
    if lower.isascii() and "lunar" not in lower:
        return False
    head = lower[max(0, start - 10) : start]
    return bool(_LUNAR_BEFORE.search(head) or _LUNAR_BEHIND.match(lower, end))


def is_no_day(found: re.Match[str], *, ranged: bool) -> bool:
    """Say whether figures without a year are a share, or a number in a street."""
    head = found.string[max(0, found.start() - 12) : found.start()]
    if found["year"]:
        return False
    if ranged:
        return _DAY_WORD.search(head) is None
    if found.groupdict().get("year_"):
        return False
    share = found.group() == "24/7" or _SHARE.match(found.string, found.end()) is not None
    return _ADDRESS.search(head) is not None or (share and _DAY_WORD.search(head) is None)
