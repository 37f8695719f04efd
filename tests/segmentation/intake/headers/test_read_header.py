"""Header words in many languages."""

import pytest

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of, is_known, spell

C = Concept


@pytest.mark.parametrize(
    ("header", "concepts"),
    [
        ("CustomerID", {C.CUSTOMER, C.ID}),
        ("Kundennummer", {C.CUSTOMER, C.ID, C.ALONE}),
        ("Número de pedido", {C.ID, C.ORDER}),
        ("客户编号", {C.CUSTOMER, C.ID}),
        ("Bestelldatum", {C.TIME, C.ALONE}),
        ("date de commande", {C.TIME, C.ORDER}),
        ("number of orders", {C.COUNT, C.QUANTITY, C.ORDER}),
        ("NumWebPurchases", {C.COUNT, C.QUANTITY, C.ORDER}),
        ("preço unitário", {C.PRICE}),
        ("SKU", {C.PRODUCT, C.ID, C.ALONE}),
        ("E-Mail", {C.EMAIL}),
        ("ITEMDISC", {C.PRODUCT, C.DISCOUNT, C.ALONE}),
        ("quan", {C.QUANTITY, C.ALONE}),
        ("custom label", {C.CODE}),
        ("Numer zamówienia", {C.ID, C.ORDER}),
        ("Название товара", {C.NAME, C.PRODUCT}),
        ("Müşteri Adı", {C.CUSTOMER, C.NAME}),
        ("주문번호", {C.ORDER, C.ID}),
        ("Kundnamn", {C.CUSTOMER, C.NAME}),
        ("Valor unitário", {C.PRICE}),
        ("Nettopreis", {C.PRICE}),
        ("Buyer Username", {C.CUSTOMER, C.ID}),
        ("QUANTITYORDERED", {C.QUANTITY, C.ALONE}),
        ("PRICEEACH", {C.PRICE, C.ALONE}),
        ("ORDERLINENUMBER", {C.ORDER, C.LINE, C.ID}),
        ("Order #", {C.ORDER, C.ID, C.ALONE}),
    ],
)
def test_concepts_of(header: str, concepts: set[Concept]) -> None:
    assert concepts <= concepts_of(header)
    assert (C.ID in concepts) == (C.ID in concepts_of(header))


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Đơn vị", "don vi"),
        ("ØRENÆRING", "orenaering"),
        ("Müştəri Adı", "musteri adi"),
        ("客户ID", "客户 id"),
    ],
)
def test_a_header_is_spelled_in_plain_letters_word_by_word(header: str, words: str) -> None:
    assert spell(header) == words


@pytest.mark.parametrize(
    "header",
    ["Hinta sis. ALV", "Price ex GST", "Цена с НДС", "Preis inkl. USt", "Fiyat (KDV dahil)", "Cena bez DPH",
     "Pris exkl. moms"],
)  # fmt: skip
def test_a_price_with_or_without_its_tax_is_a_price(header: str) -> None:
    assert C.FEE not in concepts_of(header)


@pytest.mark.parametrize(
    "header", ["VAT amount", "Стоимость доставки с НДС", "Tax", "Shipping tax price fee"]
)
def test_tax_and_postage_are_fees(header: str) -> None:
    assert C.FEE in concepts_of(header)


@pytest.mark.parametrize(
    ("header", "concept"), [("Satisfaction score", C.EVENT), ("Désignation", C.COUNTRY), ("estate", C.PLACE)]
)
def test_a_word_that_only_ends_like_another_is_no_kind_of_it(header: str, concept: Concept) -> None:
    assert concept not in concepts_of(header)


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("customer_id", True),
        ("Date of order", True),
        ("PRICEEACH", True),
        ("订单编号", True),
        ("รหัสลูกค้า", False),
        ("zorgle", False),
        ("data comenzii", False),
        ("2", True),
    ],
)
def test_a_header_is_known_where_all_of_its_words_are(header: str, known: bool) -> None:
    assert is_known(header) == known
