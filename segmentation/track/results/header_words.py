"""Words by which the columns of a result file are told, as `spell` writes them: lower case, no accents."""

from __future__ import annotations

from enum import StrEnum

from segmentation.intake.headers.read_header import spell


class Field(StrEnum):
    """What a column of a result file says of a person."""

    SENT = "sent"
    COST = "cost"
    REVENUE = "revenue"
    ORDERED = "ordered"


_WORDS = {
    Field.SENT: "sent send delivered received recipient mailed versendet gesendet zugestellt envoye enviado"
    " inviato verzonden wyslano",
    Field.COST: "cost costs kosten cout couts coste custo costo koszt spend",
    Field.REVENUE: "revenue sales value amount turnover umsatz betrag chiffre ca ingresos receita ricavi"
    " omzet przychod",
    Field.ORDERED: "ordered orders purchased purchases purchase converted conversion conversions bought"
    " bestellt bestellungen gekauft commande commandes pedidos ordini besteld zamowienia",
}


def field_of(header: str) -> Field | None:
    """Return what a header says, the first that holds; None where it is something else."""
    words = set(spell(header).split())
    return next((field for field, known in _WORDS.items() if words & set(known.split())), None)
