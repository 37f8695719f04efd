"""Words of headers in languages that write a word in several syllables, or join other letters to it."""

from __future__ import annotations

import re

from segmentation.intake.headers.concepts import Concept

# Vietnamese, Indonesian and Malay: whole words, of several syllables, as they are written with their accents.
_IN_LATIN = {
    Concept.CUSTOMER: "khách hàng; người mua; khách; pelanggan; pembeli; konsumen",
    Concept.ID: "mã; mã số; số hiệu; nomor; kode",
    Concept.ORDER: "đơn hàng; đơn đặt hàng; hóa đơn; hoá đơn; đặt hàng"
    "; pesanan; faktur; transaksi; pembelian",
    Concept.PRODUCT: "sản phẩm; mặt hàng; hàng hóa; hàng hoá; produk; barang",
    Concept.TIME: "ngày; thời gian; giờ; tanggal; tgl; waktu; tarikh",
    Concept.LATER: "giao hàng; ngày giao; ngày hủy; cập nhật; pengiriman; dikirim",
    Concept.QUANTITY: "số lượng; kuantitas; kuantiti; jumlah barang; jumlah produk",
    Concept.PRICE: "đơn giá; giá bán; giá; harga; harga satuan",
    Concept.AMOUNT: "thành tiền; tổng tiền; tổng cộng; tổng thanh toán; tổng; doanh thu; số tiền"
    "; total harga"
    "; total pembayaran; total bayar; penjualan; jumlah harga",
    Concept.PART: "tạm tính; tổng tiền hàng",
    Concept.DISCOUNT: "giảm giá; chiết khấu; khuyến mãi; khuyến mại; diskon; potongan; potongan harga",
    Concept.REFUND: "hoàn tiền; tiền hoàn; hoàn lại; số tiền hoàn; tiền trả lại; pengembalian dana",
    Concept.FEE: "phí vận chuyển; phí giao hàng; phí ship; thuế; phí; ongkos kirim; ongkir; biaya kirim"
    "; pajak"
    "; biaya pengiriman; ppn",
    Concept.STATUS: "trạng thái; tình trạng",
    Concept.NAME: "tên; nama",
    Concept.PERSON: "họ tên; họ và tên; nama lengkap",
    Concept.CATEGORY: "danh mục; nhóm hàng; ngành hàng; loại hàng; kategori",
    Concept.DESCRIPTION: "mô tả; deskripsi",
    Concept.REVIEW: "đánh giá; nhận xét; ulasan",
    Concept.TEXT: "ghi chú; catatan; lời nhắn",
    Concept.EMAIL: "thư điện tử; surel",
    Concept.PHONE: "số điện thoại; điện thoại; sđt; telepon; no hp; nomor hp",
    Concept.COUNTRY: "quốc gia; nước; negara",
    Concept.PLACE: "thành phố; tỉnh; quận; huyện; kota; provinsi; kabupaten",
    Concept.ADDRESS: "địa chỉ; alamat",
    Concept.POSTAL: "mã bưu điện; mã bưu chính; kode pos",
    Concept.PAYMENT: "phương thức thanh toán; hình thức thanh toán; metode pembayaran; cara bayar",
    Concept.CURRENCY: "tiền tệ; mata uang",
    Concept.COST: "giá vốn; giá nhập; harga pokok; harga beli",
    Concept.PROFIT: "lợi nhuận; laba; keuntungan",
    Concept.BIRTH: "ngày sinh; tanggal lahir; umur",
    Concept.LINE: "stt",
}
# Arabic, Persian, Hebrew, Hindi and Thai: found wherever they stand, since articles and endings join them.
_IN_OTHER_LETTERS = {
    Concept.CUSTOMER: "عميل; زبون; مشتري; مشتری; לקוח; רוכש; קונה; ग्राहक; ลูกค้า; ผู้ซื้อ; สมาชิก",
    Concept.ID: "رقم; معرف; كود; رمز; شماره; کد; شناسه; מספר; מס'; קוד; מזהה; संख्या; क्रमांक; आईडी"
    "; รหัส; หมายเลข; เลขที่",
    Concept.ORDER: "طلب; فاتورة; سفارش; فاکتور; הזמנה; חשבונית; ऑर्डर; चालान; คำสั่งซื้อ; ใบเสร็จ; ออเดอร์",
    Concept.PRODUCT: "منتج; صنف; محصول; کالا; מוצר; פריט; उत्पाद; वस्तु; สินค้า",
    Concept.TIME: "تاريخ; وقت; تاریخ; זמן; תאריך; שעה; दिनांक; तिथि; तारीख; समय; วันที่; เวลา",
    Concept.LATER: "الشحن; التوصيل; ارسال; משלוח; אספקה; จัดส่ง; ส่งของ",
    Concept.QUANTITY: "كمية; الكمية; تعداد; مقدار; כמות; मात्रा; จำนวน",
    Concept.PRICE: "سعر; قیمت; מחיר; मूल्य; दाम; कीमत; ราคา",
    Concept.AMOUNT: 'إجمالي; اجمالي; مجموع; المبلغ; مبلغ; جمع; סכום; סה"כ; סך; कुल; राशि; ยอด; รวม; จำนวนเงิน',
    Concept.DISCOUNT: "خصم; تخفیف; הנחה; छूट; ส่วนลด",
    Concept.REFUND: "مسترجع; مسترد; استرداد; إرجاع; החזר; זיכוי; रिफंड; वापसी; คืนเงิน; เงินคืน; คืน",
    Concept.FEE: 'ضريبة; تكلفة الشحن; رسوم; مالیات; هزینه ارسال; מע"מ; דמי משלוח; शुल्क; ค่าจัดส่ง; ค่าส่ง; ภาษี',
    Concept.STATUS: "حالة; وضعیت; סטטוס; מצב; स्थिति; สถานะ",
    Concept.NAME: "اسم; نام; שם; नाम; ชื่อ",
    Concept.CATEGORY: "تصنيف; فئة; دسته; קטגוריה; श्रेणी; หมวดหมู่; ประเภทสินค้า",
    Concept.TEXT: "ملاحظات; توضیحات; הערות; टिप्पणी; หมายเหตุ",
    Concept.EMAIL: 'بريد; ایمیل; דוא"ל; אימייל; ईमेल; อีเมล',
    Concept.PHONE: "هاتف; جوال; تلفن; موبایل; טלפון; फ़ोन; मोबाइल; โทรศัพท์",
    Concept.COUNTRY: "دولة; بلد; کشور; מדינה; ארץ; देश; ประเทศ",
    Concept.PLACE: "مدينة; منطقة; استان; עיר; शहर; राज्य; จังหวัด; เมือง",
    Concept.ADDRESS: "عنوان; آدرس; כתובת; पता; ที่อยู่",
    Concept.POSTAL: "رمز بريدي; الرمز البريدي; کدپستی; מיקוד; पिन कोड; รหัสไปรษณีย์",
    Concept.PAYMENT: "طريقة الدفع; روش پرداخت; אמצעי תשלום; भुगतान; ช่องทางชำระ; วิธีชำระ",
    Concept.CURRENCY: "عملة; ارز; מטבע; मुद्रा; สกุลเงิน",
}
_ALL = sorted(
    (
        (phrase, concept)
        for table in (_IN_LATIN, _IN_OTHER_LETTERS)
        for concept, phrases in table.items()
        for phrase in phrases.split("; ")
    ),
    key=lambda one: -len(one[0]),
)
_PATTERNS = tuple(
    (re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)" if phrase[0] < "Ͱ" else re.escape(phrase)), concept)
    for phrase, concept in _ALL
)


def concepts_of_phrases(header: str) -> tuple[list[Concept], str]:
    """Return what each phrase in a header speaks of, the longest first, and what is left of the header."""
    left: str = header.lower()
    found: list[Concept] = []
    for pattern, concept in _PATTERNS:
        left, times = pattern.subn(" ", left)
        found += [concept] * times
    return found, left if found else header
