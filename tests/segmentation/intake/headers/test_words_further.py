"""Headers of languages that the usual lists know little of, read as the header of one file."""

import pytest

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_all import read_headers

C = Concept
ORDER, PERSON, DATE = {C.ORDER, C.ID}, {C.CUSTOMER, C.ID}, {C.TIME}
PIECES, PRICE, SUM, OFF, STATE = {C.QUANTITY}, {C.PRICE}, {C.AMOUNT}, {C.DISCOUNT}, {C.STATUS}
WANTED = (ORDER, PERSON, DATE, PIECES, PRICE, SUM, OFF, STATE)


@pytest.mark.parametrize(
    "headers",
    [
        "Rendelésszám|Vevőkód|Rendelés dátuma|Darabszám|Egységár|Végösszeg|Kedvezmény|Állapot",
        "Αριθμός παραγγελίας|Κωδικός πελάτη|Ημερομηνία|Ποσότητα|Τιμή μονάδας|Σύνολο|Έκπτωση|Κατάσταση",
        "Núm. comanda|Codi client|Data|Quantitat|Preu unitari|Import total|Descompte|Estat",
        "מספר הזמנה|מספר לקוח|תאריך|כמות|מחיר ליחידה|סכום|הנחה|סטטוס",
        "Număr comandă|Cod client|Data comenzii|Cantitate|Preț unitar|Valoare|Reducere|Stare",
        "Broj narudžbe|Šifra kupca|Datum narudžbe|Količina|Cijena|Iznos|Popust|Stanje",
        "Номер замовлення|Код покупця|Дата замовлення|Кількість|Ціна|Сума|Знижка|Стан",
        "Tellimuse number|Kliendi kood|Kuupäev|Kogus|Ühikuhind|Kokku|Allahindlus|Olek",
        "Mã hóa đơn|Mã khách|Thời gian|Số lượng|Giá bán|Doanh thu|Chiết khấu|Tình trạng",
        "شماره سفارش|شناسه مشتری|تاریخ|تعداد|قیمت|مبلغ|تخفیف|وضعیت",
        "ऑर्डर संख्या|ग्राहक आईडी|दिनांक|मात्रा|मूल्य|राशि|छूट|स्थिति",
    ],
)
def test_headers_speak_of_the_same_in_every_language(headers: str) -> None:
    spoken = read_headers(headers.split("|")).concepts
    assert [wanted <= found for wanted, found in zip(WANTED, spoken, strict=True)] == [True] * len(WANTED)


def test_their_short_words_are_not_looked_for_where_the_usual_lists_know_most() -> None:
    (rand, *_) = read_headers(["Rand", "Order id", "Customer id", "Date"]).concepts
    assert C.LINE not in rand
