"""What is no product: postage, fees, discounts, corrections written as lines."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from segmentation.intake.roles import Role
from segmentation.intake.typed_money import counted_sql
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.cast import literal

_FEE_WORDS = (
    "postage|carriage|shipping|shipping (and|&) handling|handling|delivery|freight|manual|discount|voucher|"
    "bank charges?|charges?|amazon fee|service charges?|payment|surcharge|rounding|tips?|commission|adjust|"
    "adjustments?|samples?|versand|versandkosten|porto|rabatt|gebühr|nachnahme|frete|desconto|envio|env[ií]o|descuento|"
    "gastos de env[ií]o|frais de port|livraison|remise|gift wrap|cruk commission|bad debt|运费|邮费"
)


_CORRECTION = r"(stock )?adjust(ment)?s? (by|of|for|on|-) .*"
_TRIED = "product|item|article|artikel|sku|order|prod|produkt|produto|producto|produit"
_TRIAL = rf"(this\s+is\s+an?\s+)?(test|dummy)([ -]?({_TRIED}))?([ -]?\d{{1,4}})?[.!]?"
_KIND_OF_FEE = "dotcom |next[- ]day |same[- ]day |express |standard |international |extra |pack(ag)?ing "
FEE_NAME = rf"({_KIND_OF_FEE})?({_FEE_WORDS})( (fees?|costs?|charges?|bad debt))?|{_CORRECTION}|{_TRIAL}"
"""What is no product by its name: fees, somebody's corrections, what was entered to try the till."""


@dataclass(frozen=True)
class FeeProducts:
    """Products that are only ever fees: `product_id`."""

    table: str


def named_like_a_fee(column: str) -> str:
    """Return SQL that tells whether a name says that it is no product; false without a name."""
    return f"coalesce(regexp_full_match(lower(trim({column})), {literal(FEE_NAME)}), false)"


def fee_condition(cursor: duckdb.DuckDBPyConnection, source: Source) -> str:
    """Return SQL that tells what is no product: by its name, a code unlike the others, or its kind."""
    fees = cursor.execute(
        f"""
        WITH names AS (SELECT DISTINCT product_name FROM {source.typed_view})
        SELECT product_name FROM names WHERE {named_like_a_fee("product_name")} ORDER BY 1"""
    ).fetchall()
    coded = cursor.execute(
        f"""
        WITH codes AS (SELECT product_id, count(*) AS n FROM {source.typed_view}
                       WHERE product_id IS NOT NULL GROUP BY product_id)
        SELECT sum(n) FILTER (regexp_matches(product_id, '\\d.*\\d.*\\d')) / sum(n) > 0.9
           AND NOT bool_and(regexp_matches(product_id, '\\d.*\\d.*\\d')) FROM codes"""
    ).fetchall()[0][0]
    parts = [f"product_name IN ({', '.join(literal(name) for (name,) in fees)})"] if fees else []
    if coded and source.has(Role.PRODUCT_NAME):
        parts.append("(product_name IS NULL AND NOT regexp_matches(product_id, '\\d.*\\d.*\\d'))")
    if source.upload.money and source.upload.money.kinds:
        counted = f"SELECT line FROM {source.raw_table} WHERE {counted_sql(source.upload)}"
        parts.append(f"line NOT IN ({counted})")
    return f"({' OR '.join(parts)})" if parts else "false"
