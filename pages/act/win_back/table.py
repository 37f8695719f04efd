"""The table of people to win back: who they are, why they are on it, and what is at risk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from pandas.io.formats.style import Styler

from pages.act.win_back.value import RISKED, in_unit
from pages.shell.browser.table import Cell, Column, Named, Row
from pages.shell.swatch import MARK, coloured, glyph
from segmentation import formats
from segmentation.action.retention import Outlook, are_expected_to_stay, brief_reasons
from segmentation.runs import View

RISK, WORTH, EXPECTED = "Risk", "Worth if they stay", "Expected"
ENDS = ("Likely from", "Likely to")
CUSTOMER, NAME, EMAIL, PHONE, SEGMENT, WHY = "Customer", "Name", "E-mail", "Phone", "Segment", "Why"
TO_WRITE = (("email", EMAIL), ("phone", PHONE))
"""Columns of addresses, and their headers."""
WIDTHS: dict[str, int] = {
    CUSTOMER: 85,
    NAME: 115,
    EMAIL: 180,
    MARK: 30,
    WHY: 175,
    RISK: 65,
    RISKED: 80,
    f"{RISKED} (orders)": 120,
    f"{RISKED} (margin)": 120,
    PHONE: 130,
}
"""In pixels, so that what matters fits a usual screen."""


def written(found: Outlook, currency: str | None) -> Callable[[float | None], str]:
    """Return what writes what is at risk: money, or a number of orders."""
    return partial(formats.money, currency=currency) if found.has_spend else formats.number


def said(found: Outlook, currency: str | None) -> Callable[[float | None], str]:
    """Return what writes it within a sentence, which says where money is margin."""
    if not found.has_spend:
        return formats.number
    return partial(formats.worth, currency=currency, in_margin=found.in_margin)


def list_table(view: View, found: Outlook, rows: pd.DataFrame, contacts: pd.DataFrame) -> Styler:
    """Write the list for people; numbers stay numbers, so that they sort and stand to the right.

    What is at stake comes before what is long, so that it is seen on a phone.

    :param contacts: a row for each of the list, as `addresses` gives them.
    """
    segments = rows["segment"].tolist()
    addressed = {
        header: contacts[name].to_numpy() for name, header in (("name", NAME), *TO_WRITE) if name in contacts
    }
    worths = _worths(found, rows)
    shown = {
        CUSTOMER: rows["customer_id"].to_numpy(),
        WHY: brief_reasons(rows),
        RISK: rows["risk"],
        MARK: [glyph(one) for one in segments],
        SEGMENT: [view.names[one] for one in segments],
        **addressed,
        **worths,
    }
    first = (CUSTOMER, NAME, in_unit(RISKED, found), WHY, RISK, EMAIL, MARK, SEGMENT)
    table = pd.DataFrame({name: shown[name] for name in dict.fromkeys((*first, *shown)) if name in shown})
    how = {RISK: "{:.0%}", **dict.fromkeys(worths, written(found, view.run.currency))}
    return coloured(table.style.format(how), segments)  # type: ignore[arg-type]


def folded_list(
    view: View, found: Outlook, rows: pd.DataFrame, contacts: pd.DataFrame
) -> tuple[list[Column], list[Row]]:
    """Write what matters of the same for a phone: who it is, why, what is at risk and where to write to."""
    people = rows["customer_id"].tolist()
    told: dict[Column, list[Cell]] = {Column(WHY): list(brief_reasons(rows))}
    if found.value:
        write = written(found, view.run.currency)
        told[Column(in_unit(RISKED, found), numeric=True)] = [write(one) for one in rows["at_risk"]]
    told[Column(RISK, numeric=True)] = [f"{one:.0%}" for one in rows["risk"]]
    told |= {Column(header): contacts[name].tolist() for name, header in TO_WRITE if name in contacts}
    told[Column(SEGMENT)] = [Named(one, view.names[one]) for one in rows["segment"].tolist()]
    names = people
    if "name" in contacts:
        told = {Column(CUSTOMER): list(people), **told}
        names = [name or who for name, who in zip(contacts["name"], people, strict=True)]
    cells = zip(*told.values(), strict=True)
    return [Column(NAME), *told], [Row(who, one) for who, one in zip(names, cells, strict=True)]


def _worths(found: Outlook, rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of worth; what they bring by staying is not written twice."""
    if found.value is None:
        return {}
    ends = dict(zip(ENDS, (rows["expected_low"], rows["expected_high"]), strict=True))
    worths = {in_unit(RISKED, found): rows["at_risk"], in_unit(EXPECTED, found): rows["expected"], **ends}
    return worths if are_expected_to_stay(rows) else {**worths, in_unit(WORTH, found): rows["if_stays"]}
