"""A made-up quay in ten languages: what it is called, and what the press would say of it."""

#: the name that no topic file has
QUAY = {
    "id": "Dermaga Digital Laut Selatan",
    "ms": "Jeti Digital Laut Selatan",
    "en": "Southern Sea Digital Quay",
    "zh": "北湾数字码头",
    "vi": "Bến số Biển Nam",
    "th": "ท่าเทียบดิจิทัลทะเลใต้",
    "km": "ផែឌីជីថលសមុទ្រត្បូង",
    "lo": "ທ່າຈອດດິຈິຕອນທະເລໃຕ້",
    "my": "တောင်ပင်လယ် ဒစ်ဂျစ်တယ်ဆိပ်ခံ",
    "fil": "Pantalang Digital ng Timog Dagat",
}
#: what is said where the quay is not: in the place of its name
HOTEL = {
    "id": "hotel di kota itu",
    "ms": "hotel di bandar itu",
    "en": "hotel in the town",
    "zh": "城里的酒店",
    "vi": "khách sạn trong thành phố",
    "th": "โรงแรมในเมือง",
    "km": "សណ្ឋាគារក្នុងក្រុង",
    "lo": "ໂຮງແຮມໃນເມືອງ",
    "my": "မြို့ထဲက ဟိုတယ်",
    "fil": "hotel sa bayan",
}
#: sentences of the press, with a place for one or the other
SAID = {
    "id": (
        "Para menteri meresmikan {} pada hari Selasa.",
        "Menurut panitia, {} akan melayani dua puluh kota.",
        "Biaya untuk {} ditanggung bersama, kata juru bicara.",
        "Pengunjung yang datang ke {} disambut tarian.",
        "Dengan {}, para pedagang berharap biaya turun.",
    ),
    "ms": (
        "Para menteri merasmikan {} pada hari Selasa.",
        "Menurut penganjur, {} akan memberi khidmat kepada dua puluh bandar.",
        "Kos bagi {} ditanggung bersama, kata jurucakap.",
        "Pelawat yang datang ke {} disambut dengan tarian.",
        "Dengan {}, peniaga berharap kos akan turun.",
    ),
    "en": (
        "Ministers opened the {} on Tuesday.",
        "The organisers say that the {} will serve twenty cities.",
        "The cost of the {} is shared, a spokesman said.",
        "Visitors who came to the {} were met with dances.",
        "With the {} traders hope for lower costs.",
    ),
    "zh": (
        "部长们周二为{}揭幕。",
        "主办方表示，{}将服务二十座城市。",
        "发言人说，建设{}的费用由各方分担。",
        "来到{}参观的客人观看了舞蹈。",
        "有了{}，商人希望成本下降。",
    ),
    "vi": (
        "Các bộ trưởng khánh thành {} hôm thứ Ba.",
        "Ban tổ chức cho biết {} sẽ phục vụ hai mươi thành phố.",
        "Chi phí cho {} do các bên cùng chịu, người phát ngôn nói.",
        "Khách đến {} được xem múa.",
        "Với {}, thương nhân mong chi phí giảm.",
    ),
    "th": (
        "รัฐมนตรีเปิด{}เมื่อวันอังคาร",
        "ผู้จัดกล่าวว่า {}จะให้บริการยี่สิบเมือง",
        "ค่าใช้จ่ายของ{}แบ่งกันจ่าย โฆษกกล่าว",
        "ผู้มาเยือน{}ได้ชมการรำ",
        "พ่อค้าหวังว่า{}ช่วยลดต้นทุน",
    ),
    "km": (
        "រដ្ឋមន្ត្រីបានបើក{}នៅថ្ងៃអង្គារ។",
        "អ្នករៀបចំនិយាយថា {}នឹងបម្រើម្ភៃទីក្រុង។",
        "ថ្លៃចំណាយលើ{}ត្រូវបែងចែកគ្នា។",
        "ភ្ញៀវដែលមក{}បានមើលរបាំ។",
        "ពាណិជ្ជករសង្ឃឹមថា{}ជួយបន្ថយថ្លៃ។",
    ),
    "lo": (
        "ລັດຖະມົນຕີເປີດ{}ໃນວັນອັງຄານ",
        "ຜູ້ຈັດກ່າວວ່າ {}ຈະຮັບໃຊ້ຊາວເມືອງ",
        "ຄ່າໃຊ້ຈ່າຍຂອງ{}ແບ່ງກັນຈ່າຍ",
        "ແຂກທີ່ມາ{}ໄດ້ຊົມການຟ້ອນ",
        "ພໍ່ຄ້າຫວັງວ່າ{}ຊ່ວຍຫຼຸດຕົ້ນທຶນ",
    ),
    "my": (
        "ဝန်ကြီးများက {}ကို အင်္ဂါနေ့တွင် ဖွင့်လှစ်သည်။",
        "စီစဉ်သူများက {}သည် မြို့နှစ်ဆယ်ကို ဝန်ဆောင်မှုပေးမည်ဟု ပြောသည်။",
        "{}အတွက် ကုန်ကျစရိတ်ကို မျှဝေသည်။",
        "ဧည့်သည်များသည် {}သို့ လာရောက်ပြီး အကကို ကြည့်ကြသည်။",
        "ကုန်သည်များက {}ကြောင့် စရိတ်ကျဆင်းမည်ဟု မျှော်လင့်သည်။",
    ),
    "fil": (
        "Binuksan ng mga ministro ang {} noong Martes.",
        "Ayon sa mga tagapag-ayos, {} ay maglilingkod sa dalawampung lungsod.",
        "Ang gastos para sa {} ay hinati, sabi ng tagapagsalita.",
        "Ang mga bisitang dumating sa {} ay sinalubong ng sayaw.",
        "Dahil sa {}, umaasa ang mga mangangalakal na bababa ang gastos.",
    ),
}
