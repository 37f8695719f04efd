"""Header words in six languages."""

import pytest

from segmentation.intake.words import Concept, concepts_of

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
        ("Order #", {C.ORDER, C.ID, C.ALONE}),
    ],
)
def test_concepts_of(header: str, concepts: set[Concept]) -> None:
    assert concepts <= concepts_of(header)
    assert (C.ID in concepts) == (C.ID in concepts_of(header))
