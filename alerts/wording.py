"""The words of the digest itself, one catalogue per language.

A further language is one more `Wording`: mypy names every word it lacks.
Languages without one are answered in English; the stories' own texts always
stay as they were written.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """All that a digest says, in one language. Pairs are (for one, for others)."""

    #: for the `lang` attribute
    language: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    #: with {day} {month} {year}
    date: str
    #: with {weekday} {date}
    long_date: str
    new: str
    updates: str
    late: str
    also: str
    sent: str
    new_count: tuple[str, str]
    update_count: tuple[str, str]
    outlets: tuple[str, str]
    originals: tuple[str, str]
    copies: tuple[str, str]
    releases: tuple[str, str]
    copy: str
    summary: str
    #: with {outlet} and {time}
    first: str
    #: with {origin} and {outlet}
    through: str
    changed: str
    facts: str
    #: before values in which outlets contradict
    conflict: str
    topics: str
    watches: str
    #: with {count}
    more: tuple[str, str]
    #: where what was left out is found
    more_hint: str
    nothing: str
    update_subject: str
    #: with {watches}
    because: str
    times: str
    stop: str
    trial_subject: str
    trial_body: str

    def count(self, pair: tuple[str, str], number: int) -> str:
        """Return a counted word: "1 outlet", "6 outlets"."""
        return pair[number != 1].format(count=number)

    def day(self, at: datetime) -> str:
        """Return a date, as this language prints it."""
        return self.date.format(day=at.day, month=self.months[at.month - 1], year=at.year)

    def weekday(self, at: datetime) -> str:
        """Return a date with its day of the week."""
        name = self.weekdays[at.weekday()]
        return self.long_date.format(weekday=name, date=self.day(at))


ENGLISH = Wording(
    language="en",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    date="{day} {month} {year}",
    long_date="{weekday}, {date}",
    new="New",
    updates="Updates",
    late="Late: published over a week before we saw them",
    also="More on what you know",
    sent="Already sent",
    new_count=("{count} new event", "{count} new events"),
    update_count=("{count} update", "{count} updates"),
    outlets=("{count} outlet", "{count} outlets"),
    originals=("{count} original", "{count} originals"),
    copies=("{count} copy", "{count} copies"),
    releases=("{count} press release", "{count} press releases"),
    copy="copy",
    summary="summary",
    first="First: {outlet}, {time}",
    through="{origin}, through {outlet}",
    changed="Changed",
    facts="Facts",
    conflict="Outlets differ",
    topics="Topics",
    watches="Watches",
    more=("… {count} more", "… {count} more"),
    more_hint="find them with: harborwatch search",
    nothing="Nothing new for your watches.",
    update_subject="Update: {headline}",
    because="You get this for your watches: {watches}.",
    times="All times: {zone}.",
    stop="Stop these mails",
    trial_subject="Harborwatch: test message",
    trial_body=(
        "This is a test message. It arrived, so digests for {name} will arrive "
        "at {address} too. Nothing needs to be done."
    ),
)

INDONESIAN = Wording(
    language="id",
    months=("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    weekdays=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    date="{day} {month} {year}",
    long_date="{weekday}, {date}",
    new="Baru",
    updates="Pembaruan",
    late="Terlambat: terbit lebih dari seminggu sebelum kami melihatnya",
    also="Tambahan untuk yang sudah Anda ketahui",
    sent="Sudah dikirim",
    new_count=("{count} peristiwa baru", "{count} peristiwa baru"),
    update_count=("{count} pembaruan", "{count} pembaruan"),
    outlets=("{count} media", "{count} media"),
    originals=("{count} asli", "{count} asli"),
    copies=("{count} salinan", "{count} salinan"),
    releases=("{count} siaran pers", "{count} siaran pers"),
    copy="salinan",
    summary="ringkasan",
    first="Pertama: {outlet}, {time}",
    through="{origin}, melalui {outlet}",
    changed="Berubah",
    facts="Fakta",
    conflict="Media berbeda",
    topics="Topik",
    watches="Pantauan",
    more=("… {count} lagi", "… {count} lagi"),
    more_hint="cari dengan: harborwatch search",
    nothing="Tidak ada yang baru untuk pantauan Anda.",
    update_subject="Pembaruan: {headline}",
    because="Anda menerima ini karena pantauan Anda: {watches}.",
    times="Semua waktu: {zone}.",
    stop="Hentikan surel ini",
    trial_subject="Harborwatch: pesan uji",
    trial_body=(
        "Ini pesan uji. Pesan ini sampai, jadi ringkasan untuk {name} juga akan "
        "sampai di {address}. Tidak ada yang perlu dilakukan."
    ),
)

CHINESE = Wording(
    language="zh",
    months=tuple(str(number) for number in range(1, 13)),
    weekdays=("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    date="{year}年{month}月{day}日",
    long_date="{date} {weekday}",
    new="新事件",
    updates="更新",
    late="迟到：发布一周多后才发现",
    also="已知事件的更多报道",
    sent="此前已发送",
    new_count=("{count} 个新事件", "{count} 个新事件"),
    update_count=("{count} 个更新", "{count} 个更新"),
    outlets=("{count} 家媒体", "{count} 家媒体"),
    originals=("{count} 篇原创", "{count} 篇原创"),
    copies=("{count} 篇转载", "{count} 篇转载"),
    releases=("{count} 篇新闻稿", "{count} 篇新闻稿"),
    copy="转载",
    summary="摘要",
    first="最早：{outlet}，{time}",
    through="{origin}（经 {outlet}）",
    changed="变化",
    facts="事实",
    conflict="说法不一",
    topics="主题",
    watches="关注",
    more=("… 另有 {count} 个", "… 另有 {count} 个"),
    more_hint="可用 harborwatch search 查找",
    nothing="您的关注没有新内容。",
    update_subject="更新：{headline}",
    because="您收到此邮件，因为您关注：{watches}。",
    times="所有时间：{zone}。",
    stop="停止接收",
    trial_subject="Harborwatch：测试邮件",
    trial_body="这是一封测试邮件。邮件已送达，因此给 {name} 的摘要也会送达 {address}。无需任何操作。",
)

_BY_LANGUAGE = {wording.language: wording for wording in (ENGLISH, INDONESIAN, CHINESE)}


def wording_for(language: str) -> Wording:
    """Return the catalogue for a language ("id", "zh-Hant"), English where there is none."""
    return _BY_LANGUAGE.get(language.partition("-")[0].lower(), ENGLISH)
