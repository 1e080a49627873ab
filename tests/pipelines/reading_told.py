"""One story told in ten languages, and how a test reads pages that tell it."""

from datetime import UTC, datetime

from news import Entry, Outlet
from pipelines.reading.pages import read_page

NOW = datetime(2018, 9, 21, 3, 0, tzinfo=UTC)

#: Headline, three paragraphs, "read also", a printed time of 20 Sept 2018 09:22, its zone.
TOLD = {
    "id": ("Kabel laut baru hubungkan Batam dan Bintan", (
        "Pemerintah daerah meresmikan kabel laut sepanjang 59 kilometer yang menghubungkan Batam dan Bintan, karena kebutuhan sambungan internet di kedua pulau itu terus naik.",
        "Menurut kepala dinas, proyek yang dikerjakan selama dua tahun itu menelan biaya Rp 350 miliar dan melibatkan tujuh perusahaan, dua di antaranya dari luar negeri.",
        "Warga berharap tarif sambungan turun sebelum akhir tahun, sebab pelaku usaha kecil di pesisir selama ini membayar lebih mahal daripada di kota."),
        "Baca juga: Tarif listrik naik mulai Oktober", "Kamis, 20 September 2018 09:22 WIB", "Asia/Jakarta"),
    "ms": ("Kabel dasar laut baharu sambung Labuan dan Menumbok", (
        "Kerajaan negeri merasmikan kabel dasar laut sepanjang 59 kilometer yang menghubungkan Labuan dan Menumbok kerana permintaan sambungan internet di kedua-dua kawasan terus meningkat.",
        "Menurut pengarah jabatan itu, projek yang mengambil masa dua tahun tersebut menelan belanja RM350 juta dan melibatkan tujuh syarikat, dua daripadanya dari luar negara.",
        "Penduduk berharap caj sambungan dapat diturunkan sebelum akhir tahun kerana peniaga kecil di pesisir pantai selama ini membayar lebih mahal."),
        "Artikel berkaitan: Tarif elektrik naik Oktober", "Khamis, 20 September 2018 9:22 pagi", "Asia/Kuala_Lumpur"),
    "en": ("New sea cable links the two northern islands", (
        "The provincial government opened a sea cable of 59 kilometres between the two northern islands on Thursday, saying that demand for connections had doubled in three years.",
        "The project took two years, cost 350 million and brought together seven companies, two of them from abroad, the head of the telecommunications office said.",
        "Residents hope that prices will fall before the end of the year, since small traders along the coast have long paid more than those in the city."),
        "Read also: Power prices to rise in October", "09:22, September 20, 2018", "Asia/Manila"),
    "zh": ("新海底光缆连接北部两岛", (
        "省政府星期四宣布，连接北部两岛、全长59公里的海底光缆正式开通。负责人表示，三年来两岛的网络需求增加了一倍，原有线路已经不能满足居民和企业的需要。",
        "电信部门负责人介绍，工程历时两年，耗资三亿五千万元，共有七家企业参加，其中两家来自国外。光缆登陆站建在渔港旁边，施工期间没有影响渔船进出。",
        "当地居民希望年底以前资费能够下降。沿海的小商户说，他们多年来支付的费用一直比城里高，许多人因此只能用手机上网做生意。"),
        "相关阅读：十月起电价上调", "2018年09月20日 09:22", "Asia/Shanghai"),
    "vi": ("Tuyến cáp biển mới nối hai đảo phía bắc", (
        "Chính quyền tỉnh hôm thứ năm khánh thành tuyến cáp biển dài 59 km nối hai đảo phía bắc, cho biết nhu cầu kết nối mạng ở hai nơi đã tăng gấp đôi trong ba năm qua.",
        "Theo giám đốc sở, dự án kéo dài hai năm, tiêu tốn 350 tỉ đồng và có bảy doanh nghiệp tham gia, trong đó hai doanh nghiệp đến từ nước ngoài.",
        "Người dân mong giá cước giảm trước cuối năm vì những hộ buôn bán nhỏ ven biển lâu nay phải trả cao hơn trong thành phố."),
        "Xem thêm: Giá điện tăng từ tháng 10", "Thứ năm, 20/09/2018, 09:22 (GMT+7)", "Asia/Ho_Chi_Minh"),
    "th": ("เปิดเคเบิลใต้น้ำสายใหม่เชื่อมสองเกาะทางเหนือ", (
        "ทางจังหวัดเปิดใช้เคเบิลใต้น้ำความยาว 59 กิโลเมตรที่เชื่อมสองเกาะทางเหนือเมื่อวันพฤหัสบดี โดยระบุว่าความต้องการใช้อินเทอร์เน็ตของทั้งสองเกาะเพิ่มขึ้นเท่าตัวในสามปี",
        "หัวหน้าสำนักงานโทรคมนาคมกล่าวว่าโครงการใช้เวลาสองปี งบประมาณ 350 ล้านบาท มีบริษัทเข้าร่วมเจ็ดแห่ง ในจำนวนนี้เป็นบริษัทต่างประเทศสองแห่ง",
        "ชาวบ้านหวังว่าค่าบริการจะลดลงก่อนสิ้นปี เพราะผู้ค้ารายย่อยริมชายฝั่งต้องจ่ายแพงกว่าในเมืองมาหลายปีแล้ว"),
        "อ่านเพิ่มเติม: ค่าไฟขึ้นเดือนตุลาคม", "วันพฤหัสบดีที่ 20 กันยายน พ.ศ. 2561 เวลา 09:22 น.", "Asia/Bangkok"),
    "km": ("ខ្សែកាបក្រោមសមុទ្រថ្មីភ្ជាប់កោះពីរភាគខាងជើង", (
        "រដ្ឋបាលខេត្តបានសម្ពោធខ្សែកាបក្រោមសមុទ្រប្រវែង ៥៩ គីឡូម៉ែត្រ ដែលភ្ជាប់កោះពីរនៅភាគខាងជើង ដោយបញ្ជាក់ថាតម្រូវការអ៊ីនធឺណិតបានកើនឡើងទ្វេដងក្នុងរយៈពេលបីឆ្នាំ។",
        "ប្រធានមន្ទីរទូរគមនាគមន៍បានថ្លែងថា គម្រោងនេះចំណាយពេលពីរឆ្នាំ និងមានក្រុមហ៊ុនប្រាំពីរចូលរួម ក្នុងនោះពីរមកពីក្រៅប្រទេស។",
        "ប្រជាពលរដ្ឋសង្ឃឹមថាតម្លៃសេវានឹងថយចុះមុនដំណាច់ឆ្នាំ ព្រោះអ្នកលក់ដូរតូចតាចតាមឆ្នេរបានបង់ថ្លៃជាងនៅទីក្រុង។"),
        "អានបន្ថែម៖ តម្លៃអគ្គិសនីឡើងនៅខែតុលា", "ថ្ងៃព្រហស្បតិ៍ ទី២០ ខែកញ្ញា ឆ្នាំ២០១៨ ម៉ោង ០៩:២២", "Asia/Phnom_Penh"),
    "lo": ("ເປີດສາຍເຄເບິນໃຕ້ນ້ຳໃໝ່ເຊື່ອມສອງເກາະພາກເໜືອ", (
        "ແຂວງໄດ້ເປີດນຳໃຊ້ສາຍເຄເບິນໃຕ້ນ້ຳຍາວ 59 ກິໂລແມັດ ທີ່ເຊື່ອມຕໍ່ສອງເກາະພາກເໜືອ ໂດຍກ່າວວ່າຄວາມຕ້ອງການອິນເຕີເນັດເພີ່ມຂຶ້ນເທົ່າຕົວໃນສາມປີ.",
        "ຫົວໜ້າພະແນກໂທລະຄົມກ່າວວ່າ ໂຄງການໃຊ້ເວລາສອງປີ ແລະ ມີເຈັດບໍລິສັດເຂົ້າຮ່ວມ ໃນນັ້ນສອງບໍລິສັດມາຈາກຕ່າງປະເທດ.",
        "ປະຊາຊົນຫວັງວ່າຄ່າບໍລິການຈະຫຼຸດລົງກ່ອນທ້າຍປີ ເພາະຜູ້ຄ້າຂາຍລາຍຍ່ອຍຕາມແຄມຝັ່ງຕ້ອງຈ່າຍແພງກວ່າໃນເມືອງ."),
        "ອ່ານຕື່ມ: ຄ່າໄຟຟ້າຂຶ້ນເດືອນຕຸລາ", "ວັນທີ 20 ກັນຍາ 2018 09:22", "Asia/Vientiane"),
    "my": ("မြောက်ပိုင်းကျွန်းနှစ်ကျွန်းကို ပင်လယ်အောက်ကေဘယ်လ်ဖြင့် ဆက်သွယ်", (
        "ပြည်နယ်အစိုးရက မြောက်ပိုင်းကျွန်းနှစ်ကျွန်းကို ဆက်သွယ်သည့် ၅၉ ကီလိုမီတာရှည် ပင်လယ်အောက်ကေဘယ်လ်ကို ကြာသပတေးနေ့တွင် ဖွင့်လှစ်ခဲ့ပြီး အင်တာနက်လိုအပ်ချက် နှစ်ဆတိုးလာသည်ဟု ဆိုသည်။",
        "စီမံကိန်းသည် နှစ်နှစ်ကြာမြင့်ခဲ့ပြီး ကုမ္ပဏီခုနစ်ခု ပါဝင်ကာ နှစ်ခုမှာ နိုင်ငံခြားမှဖြစ်ကြောင်း ဆက်သွယ်ရေးဌာနမှူးက ပြောကြားသည်။",
        "ကမ်းရိုးတန်းရှိ အသေးစားကုန်သည်များသည် မြို့ထက် ပိုမိုပေးချေခဲ့ရသဖြင့် နှစ်မကုန်မီ ဈေးနှုန်းကျဆင်းရန် ဒေသခံများက မျှော်လင့်ကြသည်။"),
        "ဆက်စပ်သတင်း - အောက်တိုဘာတွင် မီတာခ တိုးမည်", "၂၀၁၈ ခုနှစ် စက်တင်ဘာလ ၂၀ ရက် ၀၉:၂၂", "Asia/Yangon"),
    "fil": ("Bagong kable sa dagat, nag-ugnay sa dalawang isla", (
        "Binuksan ng pamahalaang panlalawigan nitong Huwebes ang kable sa ilalim ng dagat na may habang 59 kilometro, dahil dumoble umano ang pangangailangan sa koneksiyon sa loob ng tatlong taon.",
        "Ayon sa pinuno ng tanggapan ng telekomunikasyon, inabot ng dalawang taon ang proyekto at pitong kompanya ang lumahok, dalawa sa mga ito ang mula sa ibang bansa.",
        "Umaasa ang mga residente na bababa ang singil bago matapos ang taon dahil matagal nang mas mahal ang binabayaran ng maliliit na negosyante sa baybayin."),
        "Basahin din: Singil sa kuryente, tataas sa Oktubre", "Huwebes, ika-20 ng Setyembre 2018, 9:22 AM", "Asia/Manila"),
}  # fmt: skip
LANGUAGES = list(TOLD)
MENU = "".join(f'<li><a href="/k/{n}">Menu {n}</a></li>' for n in range(12))


def outlet(language, **more):
    return Outlet(
        id="suara", name="Suara Selat", home="https://suara.example", country="XX", languages=(language,),
        zone=TOLD[language][4], hosts=("www.suara.example", "suara.example"), **more,
    )  # fmt: skip


def read(
    body, where, entry=None, address="https://www.suara.example/read/1537410163/slug", **more
):
    raw = body if isinstance(body, bytes) else body.encode()
    return read_page(
        raw, "text/html", address, entry or Entry(address=address), where, NOW, **more
    )
