"""Two unlike reports in each language, and stories made of them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import icu

from archive import Archive
from archive.collecting import sightings, sources
from archive.keeping import pages, stories
from news import Conditions, Entry, Outlet, Page, PlayedClock, Sighting, Source, Story
from pipelines.reading.worker import Workers
from pipelines.stages import Tools
from pipelines.turns import Turns
from query import Names, Topics

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
LANGUAGES = ("id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil")
#: sentences of a report on a new data centre by the sea
HARBOR = {
    "id": (
        "Sebuah pusat data baru di tepi laut mulai melayani nelayan dan pedagang kecil di tiga provinsi pada hari Selasa.",
        "Gubernur mengatakan bangunan itu menelan biaya lebih rendah daripada rencana semula karena kabelnya dipasang oleh warga setempat.",
        "Para nelayan kini dapat melihat harga ikan di sebelas pelabuhan sebelum mereka memutuskan ke mana akan berlayar.",
        "Seorang pedagang udang menyebut pendapatannya naik sejak layanan percobaan dibuka pada musim hujan yang lalu.",
        "Tahap berikutnya akan menghubungkan pulau-pulau kecil dengan kapal penyedia sinyal bertenaga surya.",
    ),
    "ms": (
        "Pusat data baharu di tepi laut mula memberi khidmat kepada nelayan dan peniaga kecil di tiga negeri pada hari Selasa.",
        "Menteri Besar berkata kos bangunan itu lebih rendah daripada anggaran asal kerana kabelnya dipasang oleh penduduk tempatan.",
        "Nelayan kini boleh menyemak harga ikan di sebelas jeti sebelum membuat keputusan ke mana hendak belayar.",
        "Seorang peniaga udang memberitahu pendapatannya meningkat sejak perkhidmatan percubaan dibuka pada musim tengkujuh lalu.",
        "Fasa seterusnya akan menyambungkan pulau kecil dengan bot pembekal isyarat berkuasa suria.",
    ),
    "en": (
        "A new data centre by the sea began to serve fishermen and small traders in three provinces on Tuesday.",
        "The governor said the building cost less than first planned because its cables were laid by people of the neighbourhood.",
        "Fishermen can now look up the price of fish in eleven harbours before they decide where to sail.",
        "A trader in shrimps told our reporter that her income had grown since the trial service opened in the last rainy season.",
        "The next step will link the smaller islands by boats that carry a signal and run on sunlight.",
    ),
    "zh": (
        "一座建在海边的新数据中心星期二开始为三个省份的渔民和小商贩提供服务。",
        "省长表示，由于光缆由附近居民自己铺设，这座建筑的花费比最初的预算还要低。",
        "渔民们现在可以先查看十一个码头的鱼价，再决定把船开到哪里去卖。",
        "一位卖虾的女商贩告诉本报记者，自从上个雨季试运行以来，她的收入明显增加了。",
        "下一步将用太阳能信号船把更小的岛屿也连接起来，让岛上的学校能够上网。",
    ),
    "vi": (
        "Một trung tâm dữ liệu mới bên bờ biển bắt đầu phục vụ ngư dân và tiểu thương ở ba tỉnh từ hôm thứ Ba.",
        "Chủ tịch tỉnh cho biết công trình tốn ít tiền hơn dự tính ban đầu vì cáp được chính người dân quanh vùng lắp đặt.",
        "Ngư dân giờ đây có thể xem giá cá ở mười một bến cảng trước khi quyết định cho thuyền đi về đâu.",
        "Một chị buôn tôm kể với phóng viên rằng thu nhập của chị đã tăng kể từ khi dịch vụ chạy thử vào mùa mưa năm ngoái.",
        "Bước tiếp theo sẽ nối các hòn đảo nhỏ hơn bằng những chiếc thuyền phát sóng chạy bằng năng lượng mặt trời.",
    ),
    "th": (
        "ศูนย์ข้อมูลแห่งใหม่ริมทะเลเริ่มให้บริการชาวประมงและผู้ค้ารายย่อยในสามจังหวัดเมื่อวันอังคาร",
        "ผู้ว่าราชการกล่าวว่าอาคารนี้ใช้เงินน้อยกว่าที่วางแผนไว้เพราะสายเคเบิลติดตั้งโดยคนในละแวกนั้นเอง",
        "ขณะนี้ชาวประมงสามารถดูราคาปลาในท่าเรือสิบเอ็ดแห่งก่อนตัดสินใจว่าจะนำเรือไปขายที่ใด",
        "แม่ค้ากุ้งคนหนึ่งเล่าให้ผู้สื่อข่าวฟังว่ารายได้ของเธอเพิ่มขึ้นตั้งแต่เปิดทดลองใช้เมื่อฤดูฝนที่แล้ว",
        "ขั้นต่อไปจะเชื่อมเกาะเล็กๆ ด้วยเรือส่งสัญญาณที่ใช้พลังงานแสงอาทิตย์",
    ),
    "km": (
        "មជ្ឈមណ្ឌលទិន្នន័យថ្មីមួយនៅមាត់សមុទ្របានចាប់ផ្ដើមបម្រើអ្នកនេសាទនិងអ្នកលក់ដូរតូចតាចក្នុងខេត្តបីកាលពីថ្ងៃអង្គារ។",
        "អភិបាលខេត្តបានថ្លែងថាអគារនេះចំណាយតិចជាងគម្រោងដើមព្រោះខ្សែកាបត្រូវបានប្រជាជនក្នុងតំបន់ដាក់ដោយខ្លួនឯង។",
        "ឥឡូវនេះអ្នកនេសាទអាចមើលតម្លៃត្រីនៅកំពង់ផែដប់មួយមុនពេលសម្រេចចិត្តថាត្រូវបើកទូកទៅណា។",
        "អ្នកលក់បង្គាម្នាក់បានប្រាប់អ្នកយកព័ត៌មានថាចំណូលរបស់គាត់បានកើនឡើងតាំងពីរដូវវស្សាមុនមក។",
        "ជំហានបន្ទាប់នឹងភ្ជាប់កោះតូចៗដោយទូកបញ្ជូនសញ្ញាដែលដើរដោយពន្លឺព្រះអាទិត្យ។",
    ),
    "lo": (
        "ສູນຂໍ້ມູນແຫ່ງໃໝ່ຢູ່ແຄມທະເລໄດ້ເລີ່ມໃຫ້ບໍລິການແກ່ຊາວປະມົງແລະຜູ້ຄ້າຂາຍນ້ອຍໃນສາມແຂວງເມື່ອວັນອັງຄານ",
        "ເຈົ້າແຂວງກ່າວວ່າຕຶກຫຼັງນີ້ໃຊ້ເງິນໜ້ອຍກວ່າແຜນເດີມຍ້ອນວ່າສາຍເຄເບິນຖືກຕິດຕັ້ງໂດຍຊາວບ້ານເອງ",
        "ດຽວນີ້ຊາວປະມົງສາມາດເບິ່ງລາຄາປາໃນສິບເອັດທ່າເຮືອກ່ອນຈະຕັດສິນໃຈວ່າຈະຂີ່ເຮືອໄປໃສ",
        "ແມ່ຄ້າກຸ້ງຄົນໜຶ່ງເລົ່າໃຫ້ນັກຂ່າວຟັງວ່າລາຍໄດ້ຂອງນາງເພີ່ມຂຶ້ນນັບແຕ່ລະດູຝົນປີກາຍເປັນຕົ້ນມາ",
        "ບາດກ້າວຕໍ່ໄປຈະເຊື່ອມຕໍ່ເກາະນ້ອຍດ້ວຍເຮືອສົ່ງສັນຍານທີ່ໃຊ້ພະລັງງານແສງຕາເວັນ",
    ),
    "my": (
        "ပင်လယ်ကမ်းစပ်ရှိ ဒေတာစင်တာအသစ်တစ်ခုသည် အင်္ဂါနေ့တွင် ပြည်နယ်သုံးခုမှ ရေလုပ်သားများနှင့် ဈေးသည်များကို စတင်ဝန်ဆောင်မှုပေးခဲ့သည်။",
        "ကေဘယ်ကြိုးများကို ဒေသခံများကိုယ်တိုင် သွယ်တန်းခဲ့သောကြောင့် အဆောက်အအုံမှာ မူလခန့်မှန်းချက်ထက် ကုန်ကျစရိတ်နည်းသည်ဟု ဝန်ကြီးက ပြောကြားသည်။",
        "ယခုအခါ ရေလုပ်သားများသည် လှေကို မည်သည့်နေရာသို့ မောင်းမည်ကို မဆုံးဖြတ်မီ ဆိပ်ကမ်းဆယ့်တစ်ခု၏ ငါးဈေးနှုန်းကို ကြည့်ရှုနိုင်ကြသည်။",
        "ပုစွန်ရောင်းသူ အမျိုးသမီးတစ်ဦးက ပြီးခဲ့သော မိုးရာသီကတည်းက သူ၏ဝင်ငွေ တိုးလာသည်ဟု သတင်းထောက်အား ပြောပြသည်။",
        "နောက်တစ်ဆင့်အနေဖြင့် ကျွန်းငယ်များကို နေရောင်ခြည်သုံး အချက်ပြလှေများဖြင့် ချိတ်ဆက်ပေးမည်ဖြစ်သည်။",
    ),
    "fil": (
        "Nagsimula nitong Martes ang isang bagong sentro ng datos sa tabing-dagat na maglilingkod sa mga mangingisda at maliliit na tindera sa tatlong lalawigan.",
        "Sinabi ng gobernador na mas mura ang gusali kaysa sa unang balak dahil mga taga-roon mismo ang naglatag ng mga kable.",
        "Makikita na ngayon ng mga mangingisda ang presyo ng isda sa labing-isang daungan bago sila magpasya kung saan maglalayag.",
        "Ikinuwento ng isang tindera ng hipon na lumaki ang kita niya mula nang buksan ang subok na serbisyo noong nakaraang tag-ulan.",
        "Susunod na pagdurugtungin ang mas maliliit na pulo sa tulong ng mga bangkang may hudyat at pinaaandar ng araw.",
    ),
}
#: sentences of a report on a railway through the hills
RAILWAY = {
    "id": (
        "Jalur kereta yang melintasi perbukitan utara ditutup selama dua pekan setelah longsor menimpa sebuah jembatan tua.",
        "Petugas mengevakuasi empat puluh penumpang dengan bus desa, dan tidak seorang pun terluka dalam kejadian itu.",
        "Kepala stasiun meminta maaf lalu menjanjikan uang karcis dikembalikan tanpa potongan sebelum akhir bulan.",
        "Insinyur memeriksa tiang penyangga sambil menunggu alat berat tiba dari kota di lembah.",
    ),
    "ms": (
        "Laluan kereta api merentasi perbukitan utara ditutup dua minggu selepas tanah runtuh menimpa sebuah jambatan lama.",
        "Pasukan penyelamat memindahkan empat puluh penumpang menaiki bas kampung dan tiada sesiapa cedera dalam kejadian tersebut.",
        "Ketua stesen memohon maaf serta berjanji memulangkan wang tiket sepenuhnya sebelum hujung bulan.",
        "Jurutera meneliti tiang penyokong sementara menunggu jentera berat sampai dari bandar di lembah.",
    ),
    "en": (
        "The railway across the northern hills is closed for two weeks after a landslide struck an old bridge.",
        "Rescuers took forty passengers down by village bus, and nobody was hurt when the slope gave way.",
        "The station master apologised and promised to return the fares in full before the month is out.",
        "Engineers are looking at the pillars while they wait for heavy machines from the town in the valley.",
    ),
    "zh": (
        "穿越北部山区的铁路因山体滑坡砸中一座旧桥而停运两个星期。",
        "救援人员用村里的客车把四十名旅客送下山，事故中没有人受伤。",
        "站长向乘客道歉，并承诺在月底之前全额退还车票钱。",
        "工程师们正在检查桥墩，同时等待重型机械从山谷里的县城运来。",
    ),
    "vi": (
        "Tuyến đường sắt xuyên vùng đồi phía bắc đóng cửa hai tuần sau khi đất lở đổ xuống một cây cầu cũ.",
        "Đội cứu hộ đưa bốn mươi hành khách xuống núi bằng xe buýt của làng và không ai bị thương.",
        "Trưởng ga xin lỗi và hứa sẽ hoàn lại toàn bộ tiền vé trước cuối tháng.",
        "Các kỹ sư đang kiểm tra trụ cầu trong lúc chờ máy móc hạng nặng từ thị trấn dưới thung lũng.",
    ),
    "th": (
        "ทางรถไฟที่ตัดผ่านเนินเขาทางเหนือปิดสองสัปดาห์หลังดินถล่มทับสะพานเก่า",
        "เจ้าหน้าที่พาผู้โดยสารสี่สิบคนลงจากเขาด้วยรถประจำหมู่บ้านโดยไม่มีผู้ใดบาดเจ็บ",
        "นายสถานีขออภัยและสัญญาว่าจะคืนค่าตั๋วเต็มจำนวนก่อนสิ้นเดือนนี้",
        "วิศวกรกำลังตรวจเสาตอม่อระหว่างรอเครื่องจักรหนักจากเมืองในหุบเขา",
    ),
    "km": (
        "ផ្លូវរថភ្លើងឆ្លងកាត់ភ្នំភាគខាងជើងត្រូវបានបិទពីរសប្តាហ៍ក្រោយពេលដីបាក់លើស្ពានចាស់មួយ។",
        "ក្រុមសង្គ្រោះបាននាំអ្នកដំណើរសែសិបនាក់ចុះពីភ្នំតាមរថយន្តភូមិហើយគ្មាននរណាម្នាក់រងរបួសទេ។",
        "មេស្ថានីយ៍បានសុំទោសនិងសន្យាថានឹងសងប្រាក់សំបុត្រវិញទាំងស្រុងមុនដាច់ខែ។",
        "វិស្វករកំពុងពិនិត្យសសរស្ពានខណៈរង់ចាំគ្រឿងចក្រធុនធ្ងន់ពីទីរួមស្រុក។",
    ),
    "lo": (
        "ທາງລົດໄຟທີ່ຜ່ານພູເຂົາທາງເໜືອຖືກປິດສອງອາທິດຫຼັງຈາກດິນເຈື່ອນທັບຂົວເກົ່າແຫ່ງໜຶ່ງ",
        "ໜ່ວຍກູ້ໄພໄດ້ນຳຜູ້ໂດຍສານສີ່ສິບຄົນລົງຈາກພູດ້ວຍລົດເມບ້ານແລະບໍ່ມີໃຜໄດ້ຮັບບາດເຈັບ",
        "ຫົວໜ້າສະຖານີຂໍອະໄພແລະສັນຍາວ່າຈະສົ່ງຄ່າປີ້ຄືນທັງໝົດກ່ອນທ້າຍເດືອນ",
        "ວິສະວະກອນກຳລັງກວດເສົາຂົວໃນຂະນະທີ່ລໍຖ້າເຄື່ອງຈັກໜັກຈາກເມືອງລຸ່ມ",
    ),
    "my": (
        "မြောက်ပိုင်းတောင်ကုန်းများကို ဖြတ်သန်းသော ရထားလမ်းသည် မြေပြိုမှုကြောင့် တံတားဟောင်းပျက်စီးပြီးနောက် နှစ်ပတ်ကြာ ပိတ်ထားသည်။",
        "ကယ်ဆယ်ရေးသမားများက ခရီးသည်လေးဆယ်ကို ရွာဘတ်စ်ကားဖြင့် ခေါ်ဆောင်ခဲ့ပြီး ထိခိုက်ဒဏ်ရာရသူ မရှိပါ။",
        "ဘူတာရုံပိုင်က တောင်းပန်ပြီး လက်မှတ်ခအားလုံးကို လကုန်မတိုင်မီ ပြန်ပေးမည်ဟု ကတိပြုသည်။",
        "အင်ဂျင်နီယာများသည် စက်ကြီးများ ရောက်လာမည်ကို စောင့်ရင်း တိုင်များကို စစ်ဆေးနေကြသည်။",
    ),
    "fil": (
        "Sarado nang dalawang linggo ang riles na tumatawid sa mga burol sa hilaga matapos matabunan ng lupa ang isang lumang tulay.",
        "Ibinaba ng mga tagasagip ang apatnapung pasahero sakay ng bus ng nayon at walang nasaktan sa pangyayari.",
        "Humingi ng paumanhin ang hepe ng estasyon at nangakong isasauli nang buo ang pamasahe bago matapos ang buwan.",
        "Sinusuri ng mga inhinyero ang mga haligi habang hinihintay ang mabibigat na makina mula sa bayan sa lambak.",
    ),
}
#: a reader's guide that one outlet prints below each of its stories
FURNITURE = {
    "id": "Dapatkan berita pilihan setiap pagi di telepon Anda, ikuti kanal kami dan bagikan tulisan ini kepada teman.",
    "zh": "欢迎每天早晨在手机上阅读本报精选新闻，关注我们的频道并把这篇文章转发给您的朋友。",
    "th": "ติดตามข่าวเด่นทุกเช้าทางโทรศัพท์ของท่าน กดติดตามช่องของเราและส่งต่อบทความนี้ให้เพื่อน",
    "my": "နေ့စဉ်နံနက်တိုင်း ရွေးချယ်ထားသော သတင်းများကို သင့်ဖုန်းတွင် ဖတ်ရှုပြီး ဤဆောင်းပါးကို မိတ်ဆွေများထံ ဝေမျှပါ။",
}


def text(report: tuple[str, ...], language: str) -> str:
    return ("" if language in ("zh", "th", "lo", "km") else " ").join(report)


def zawgyi(burmese: str) -> str:
    """Return the same letters in the order and shapes of Zawgyi."""
    return str(icu.Transliterator.createInstance("my-Zawgyi").transliterate(burmese))


def outlet(name: str, zone: str = "Asia/Jakarta") -> Outlet:
    return Outlet(
        id=name,
        name=name,
        home=f"https://{name}.example/",
        country="ID",
        languages=("id",),
        zone=zone,
    )


def source(name: str) -> Source:
    address = f"https://{name}.example/"
    return Source(id=f"{name}/listing", outlet=name, way="listing", address=address)


def page(name: str, key: str, body: bytes = b"<html>") -> Page:
    address = f"https://{name}.example/read/{key}"
    return Page(
        outlet=name,
        source=f"{name}/listing",
        address=address,
        final_address=address,
        key=key,
        fetched_at=NOON,
        status=200,
        content_type="text/html",
        body=body,
        first_seen_at=NOON,
        entry=Entry(address=address),
        conditions=Conditions(),
    )


def sight(archive: Archive, *shown: Page) -> None:
    """Let addresses be known, as a poll that showed them would."""
    with archive.write() as db:
        for one in shown:
            sources.ensure(db, source(one.outlet), NOON)
            seen = Sighting(
                source=one.source,
                outlet=one.outlet,
                way="listing",
                address=one.address,
                key=one.key,
                seen_at=one.first_seen_at,
                entry=one.entry,
            )
            sightings.record(db, [seen], history=False)


def story(key: str, title: str, body: str, language: str = "id", **given: Any) -> Story:
    name = given.get("outlet", "indotelko")
    made = Story(
        outlet=name,
        country="ID",
        source=f"{name}/listing",
        page=0,
        page_key=key,
        address=f"https://{name}.example/read/{key}",
        key=key,
        title=title,
        titles=(("h1", title),),
        body=body,
        authors=(),
        published=None,
        modified=None,
        language=language,
        method="selectors",
        confidence=1.0,
        first_seen_at=NOON,
        fetched_at=NOON,
        history=False,
    )
    return replace(made, **given)


def put(archive: Archive, said: Story) -> int:
    """Archive a story with the page it was read from; returns its number."""
    kept = page(said.outlet, said.page_key)
    sight(archive, kept)
    with archive.write() as db:
        return stories.create(db, replace(said, page=pages.keep(db, kept, None)))


def tools(archive: Archive, topics: Topics, names: Names) -> Tools:
    return Tools(
        archive=archive,
        outlets={name: outlet(name) for name in ("indotelko", "antara")},
        topics=topics,
        names=names,
        clock=PlayedClock(NOON),
        workers=Workers(),
        turns=Turns(),
    )
