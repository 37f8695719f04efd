"""Words for what became of an order, in many languages, as a status, a yes or no, and a type of row."""

import pytest

from segmentation.intake.values.order_states import (
    State,
    are_sales_and_returns,
    fold,
    is_order_status,
    is_state_flag,
    state_of,
    state_of_flag,
    states_of,
)

SAID = {
    State.UNPAID: (
        "Pending payment|awaiting_payment|draft|expired|Quote|Unbezahlt|Warten auf Zahlung|Impayée"
        "|En attente|Pendiente de pago|Boleto emitido|In attesa di pagamento|Onbetaald"
        "|Väntar på betalning|Ikke betalt|Nieopłacone|Čeká na platbu|Neachitat|Fizetésre vár"
        "|Odottaa maksua|Ödeme bekleniyor|Не оплачен|Очікує оплати|Απλήρωτη|入金待ち|未支付"
        "|等待买家付款|미결제|입금 대기|รอชำระเงิน|Chưa thanh toán|Belum dibayar|غير مدفوع"
        "|בהמתנה לתשלום|결제 전|Open invoice"
    ),
    State.CANCELLED: (
        "Cancelled|voided|Storno|Annulée|Anulado|Geannuleerd|Avbruten|Anulowane|Zrušeno|Törölve"
        "|Peruttu|İptal edildi|Отменён|Скасовано|Ακυρώθηκε|キャンセル|已取消|交易关闭|취소|ยกเลิก"
        "|Đã hủy|Dibatalkan|ملغي|בוטל|Zahlung fehlgeschlagen|Erreur de paiement|Pagamento recusado"
        "|決済エラー"
    ),
    State.RETURNED: (
        "Returned|refunded|Erstattet|Remboursée|Devuelto|Estornado|Reso|Terugbetaald|Återbetald"
        "|Zwrot|Vráceno|Palautettu|İade edildi|Возврат|Повернено|返品|返金済み|已退款|반품|คืนเงิน"
        "|Trả lại|Dikembalikan"
    ),
    State.PARTLY_RETURNED: (
        "partially_refunded|Teilweise erstattet|Remboursement partiel|Devuelta parcial|一部返金|部分退款"
    ),
    State.PAID: (
        "paid|Bezahlt|Payée|Pago|Betaald|Betald|Opłacone|Zaplaceno|Maksettu|Оплачен|入金済み|已付款|결제완료"
    ),
    State.UNDER_WAY: (
        "Груз отгружен|Заказ відвантажено"
        "|shipped|Versendet|En cours|Enviado|Wartet auf Versand|Awaiting shipment|待发货|배송대기|発送済み"
    ),
}


@pytest.mark.parametrize(
    ("state", "text"), [(s, text) for s, texts in SAID.items() for text in texts.split("|")]
)
def test_a_state_is_known_by_its_word(state: State, text: str) -> None:
    assert state_of(text) is state


@pytest.mark.parametrize(
    "text", ["gold", "Ann", "north", "", "granular", "avoid", "Express Checkout Payment"]
)
def test_other_words_are_no_state(text: str) -> None:
    assert state_of(text) is None


def test_an_order_left_at_the_checkout_is_not_paid() -> None:
    assert {state_of(text) for text in ("Checkout", "checkout-draft", "abandoned checkout")} == {State.UNPAID}


def test_folding_twice_changes_nothing() -> None:
    for text in "|".join(SAID.values()).split("|"):
        assert fold(fold(text)) == fold(text)


def test_a_header_says_what_is_open() -> None:
    assert state_of("offen", "Zahlungsstatus") is State.UNPAID
    assert state_of("offen", "Bestellstatus") is State.UNDER_WAY
    assert state_of("pending", "Financial Status") is State.UNPAID
    assert state_of("pending", "Fulfillment Status") is State.UNDER_WAY


def test_among_sales_a_return_takes_back() -> None:
    assert states_of(["Verkauf", "Retoure"]) == {"Verkauf": State.SOLD, "Retoure": State.TAKES_BACK}
    assert states_of(["Bezahlt", "Retourniert"])["Retourniert"] is State.RETURNED
    assert are_sales_and_returns(["売上", "返品"])
    assert not are_sales_and_returns(["purchase", "view", "cart"])


def test_a_yes_answers_the_header() -> None:
    assert states_of(["ja", "nein"], "Storniert") == {"ja": State.CANCELLED, "nein": State.UNKNOWN}
    assert states_of(["1", "0"], "is_paid") == {"1": State.PAID, "0": State.UNPAID}
    assert is_state_flag("isCancelled", ["true", "false"])
    assert not is_state_flag("Cancelled", ["Berlin", "Rome"])


@pytest.mark.parametrize(
    "header", ["Returning customer", "Returnable", "Return policy", "Refund Amount", "Newsletter"]
)
def test_other_questions_are_about_no_state(header: str) -> None:
    assert state_of_flag(header) is None


def test_a_column_of_states() -> None:
    assert is_order_status(["shipped", "cancelled"])
    assert not is_order_status(["active", "inactive"])
    assert not is_order_status(["purchase", "view", "cart", "order"])


def test_a_credit_note_beside_other_documents_takes_back() -> None:
    values = ["Boleta", "Nota de Crédito"]
    assert are_sales_and_returns(values)
    assert states_of(values) == {"Boleta": State.UNKNOWN, "Nota de Crédito": State.TAKES_BACK}


@pytest.mark.parametrize(
    ("values", "sales"),
    [(["SALE", "CREDIT"], True), (["Cash", "Credit"], False), (["Debit", "Credit"], False)],
)
def test_credit_is_a_return_only_beside_sales(values: list[str], sales: bool) -> None:
    assert are_sales_and_returns(values) is sales
    assert (State.TAKES_BACK in states_of(values).values()) is sales


def test_a_long_text_is_no_state_whatever_it_ends_with() -> None:
    assert state_of("y" * 1_000_000 + " cancelled") is None
