"""SQL of what each row paid, by the money rule of its file."""

from __future__ import annotations

from segmentation.intake.meaning.orders.order_key import order_number
from segmentation.intake.money_rule import Grain, MoneyRule, Off, PriceElsewhere, Term
from segmentation.intake.roles import Column, Role, Upload
from segmentation.intake.values.cast import identifier, literal, money, number
from segmentation.workspace import quote_identifier

# TRY: a product of ten billion or more leaves 64 bits; the wider arithmetic is 35 times slower.
_PRODUCT = """coalesce(TRY(({price} * {pieces})::DECIMAL(18,4)),
                       try_cast({price} * {pieces}::DECIMAL(20,4) AS DECIMAL(18,4)))"""


def paid_sql(upload: Upload, table: str) -> tuple[str, str]:
    """Return SQL of the amount of each row of a raw table, with the table to read it from.

    The second is the raw table itself, or a query that adds to its rows what whole orders paid.
    """
    rule = upload.money
    if rule is None:
        return "", table
    if rule.listed is not None:
        table = _with_listed(rule.listed, table)
    own = _own_value(upload, rule)
    shared = _shared_terms(rule)
    if not shared:
        return own, table
    return "own_value + order_value", _with_orders(upload, rule, shared, table, own)


def _with_listed(listed: PriceElsewhere, table: str) -> str:
    """Return a query that adds to rows what the price list says of their goods."""
    price = money(f"c{listed.price}", listed.value_format)
    return f"""(
        SELECT told.*, listed.price AS listed_price
        FROM {table} AS told
        LEFT JOIN (SELECT {identifier(f"c{listed.key}")} AS thing, min({price}) AS price
                   FROM {quote_identifier(listed.table)} GROUP BY thing) AS listed
             ON listed.thing = {identifier(f"told.c{listed.goods}")})"""


def counted_sql(upload: Upload) -> str:
    """Return SQL that tells the rows of a raw table whose kind of money counts."""
    kinds = upload.money.kinds if upload.money else None
    if kinds is None:
        return "true"
    return f"coalesce(c{kinds.position} IN ({', '.join(map(literal, kinds.counted))}), false)"


def refund_sql(upload: Upload, paid: str = "") -> str | None:
    """Return SQL of the money given back in a row: that of a whole order on its first line only.

    Where it holds tax, without that, and no more than what the goods cost.

    :param paid: SQL of what a row paid, as of `paid_sql`.
    """
    rule = upload.money
    term = rule.refund if rule else None
    if rule is None or term is None:
        return None
    value = _money(upload, term.position)
    if rule.refund_tax and paid:
        cost = paid
        if term.grain is not Grain.LINE:
            cost = f"sum({paid}) OVER (PARTITION BY {_order(upload)})"
        goods = f"least(abs({value}) / {1 + rule.refund_tax!r}, greatest({cost}, 0)::DOUBLE)"
        value = f"if({value} IS NULL, NULL, {goods})::DECIMAL(18,4)"
    if term.grain is not Grain.ORDER:
        return value
    return f"if(row_number() OVER (PARTITION BY {_order(upload)} ORDER BY line) = 1, {value}, NULL)"


def pieces_back_sql(upload: Upload, paid: str) -> str | None:
    """Return SQL of what the pieces of a row that came back cost; None where no column tells them.

    Where no column says how many were bought, each row is of one.

    :param paid: SQL of what the row paid, as of `paid_sql`.
    """
    backs = [column for column in upload.columns if column.role is Role.PIECES_BACK]
    bought = upload.column_of(Role.QUANTITY)
    if not backs or not paid:
        return None
    came = " + ".join(f"coalesce({number(f'c{one.position}', one.value_format)}, 0)" for one in backs)
    came = f"({came})"
    pieces = number(f"c{bought.position}", bought.value_format) if bought else "1"
    share = f"least({came} / {pieces}, 1)"
    return f"CASE WHEN {came} > 0 AND {pieces} > 0 THEN (({paid}) * {share})::DECIMAL(18,4) END"


def _shared_terms(rule: MoneyRule) -> tuple[Term, ...]:
    return rule.of_orders


def _column(upload: Upload, position: int) -> Column:
    return next(column for column in upload.columns if column.position == position)


def _money(upload: Upload, position: int) -> str:
    return money(f"c{position}", _column(upload, position).value_format)


def _order(upload: Upload) -> str:
    """Return SQL of the order of a row; a row without one is an order of its own."""
    number = order_number(upload.columns)
    return f"coalesce({number}, line::VARCHAR)" if number else "line"


def _pieces(upload: Upload, position: int) -> str:
    count = number(f"c{position}", _column(upload, position).value_format)
    return f"coalesce(try_cast({count} AS DECIMAL(14,4)), 1)"


def _own_value(upload: Upload, rule: MoneyRule) -> str:
    """Return SQL of what a row paid by its own columns."""
    parts = []
    if rule.listed is not None and rule.quantity is None:
        parts.append("listed_price")
    elif rule.multiplied and rule.quantity is not None:
        pieces = _pieces(upload, rule.quantity)
        if rule.pack is not None:
            pieces = f"({pieces} * {_pieces(upload, rule.pack)})"
        value = _PRODUCT.format(price=_price_of_one(upload, rule), pieces=pieces)
        shared = rule.off is not None and rule.off_way is not Off.EACH
        parts.append(f"({value} * {_kept_share(upload, rule)})::DECIMAL(18,4)" if shared else value)
    for term in rule.terms:
        if term.grain is Grain.LINE:
            value = _money(upload, term.position)
            parts.append(value if term.sign > 0 and not parts else f"{term.sign} * coalesce({value}, 0)")
    if not parts:
        return "0::DECIMAL(18,4)"
    own = f"({' + '.join(parts)})::DECIMAL(18,4)"
    of_sums = rule.off is not None and not rule.multiplied and rule.off_way is not Off.EACH
    return f"({own} * {_kept_share(upload, rule)})::DECIMAL(18,4)" if of_sums else own


def _price_of_one(upload: Upload, rule: MoneyRule) -> str:
    """Return SQL of what one piece costs, less what is taken off each."""
    if rule.listed is not None:
        return "listed_price"
    assert rule.price is not None  # noqa: S101 - what is multiplied has a price
    price = _money(upload, rule.price)
    if rule.off is None or rule.off_way is not Off.EACH:
        return price
    return f"({price} - abs(coalesce({_money(upload, rule.off)}, 0)))::DECIMAL(18,4)"


def _kept_share(upload: Upload, rule: MoneyRule) -> str:
    """Return SQL of the share of the price that is left after a discount in percent or as a share."""
    assert rule.off is not None  # noqa: S101 - the caller has checked
    part = number(f"c{rule.off}", _column(upload, rule.off).value_format)
    return f"(1 - abs(coalesce({part}, 0)) / {100 if rule.off_way is Off.PERCENT else 1})"


def _with_orders(upload: Upload, rule: MoneyRule, shared: tuple[Term, ...], table: str, own: str) -> str:
    """Return a query that shares out what stands for whole orders among their lines, to the last cent.

    By what the lines cost, or else by their pieces, or else alike.
    """
    order = "PARTITION BY order_key"
    sums = " + ".join(
        f"{term.sign} * coalesce(max_by(term_{at}, abs(term_{at})) OVER ({order}), 0)"
        for at, term in enumerate(shared)
    )
    known = " OR ".join(
        f"max(abs(term_{at})) OVER ({order}) IS NOT NULL" for at, term in enumerate(shared) if term.sign > 0
    )
    only = all(term.grain is not Grain.LINE for term in rule.terms if term.sign > 0) and not rule.multiplied
    cells = ", ".join(f"{_money(upload, term.position)} AS term_{at}" for at, term in enumerate(shared))
    total = f"CASE WHEN {known} THEN {sums} END" if only and known else sums
    return f"""(
        WITH cells AS (SELECT *, {_order(upload)} AS order_key, {cells},
                              {own} AS own_value, abs({_weight(upload, rule, own)}) AS cost FROM {table}),
             orders AS (SELECT *, {total} AS whole,
                               if(sum(cost) OVER ({order}) > 0, coalesce(cost, 0), 1) AS weight FROM cells),
             run AS (SELECT *, sum(weight) OVER ({order}) AS weights,
                            sum(weight) OVER ({order} ORDER BY line) AS so_far FROM orders)
        SELECT *, (round(whole::DOUBLE * so_far / weights, 4)
                   - round(whole::DOUBLE * (so_far - weight) / weights, 4))::DECIMAL(18,4) AS order_value
        FROM run)"""


def _weight(upload: Upload, rule: MoneyRule, own: str) -> str:
    if rule.multiplied or any(term.grain is Grain.LINE for term in rule.terms):
        return own
    if rule.price is not None and rule.quantity is not None:
        return _PRODUCT.format(price=_money(upload, rule.price), pieces=_pieces(upload, rule.quantity))
    return _pieces(upload, rule.quantity) if rule.quantity is not None else "1"
