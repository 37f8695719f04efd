"""How the numbers in the columns of the workbook are written."""

from __future__ import annotations

from enum import StrEnum

from segmentation import formats
from segmentation.features.table import Unit


class Written(StrEnum):
    """How a number is written."""

    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    CENTS = "cents"
    PLAIN = "plain"


KINDS = {
    **dict.fromkeys(
        (
            "share",
            "revenue_share",
            "stability",
            "best_weekday_share",
            "best_weekday_share_of_others",
            "best_hour_share",
            "best_hour_share_of_others",
            "repeat_rate",
            "test_target",
            "test_detectable",
        ),
        Written.SHARE,
    ),
    **dict.fromkeys(("revenue", "revenue_expected_next_year", "at_risk_next_year"), Written.MONEY),
    "order_value": Written.CENTS,
    "days_between_orders": Written.NUMBER,
}
"""How columns are written that hold anything but counts."""
UNITS = {
    Unit.MONEY: Written.CENTS,
    Unit.SHARE: Written.SHARE,
    Unit.YEAR: Written.PLAIN,
}
"""Of features whose numbers are written in another way than any number."""


def number_format(written: Written, currency: str | None) -> str:
    """Return the format of a cell as spreadsheets write it; money with the sign of its currency."""
    symbol = formats.money(0.0, currency).removesuffix("0").replace('"', "")
    sign = f'"{symbol}"' if symbol else ""
    return {
        Written.COUNT: "#,##0",
        Written.NUMBER: "#,##0.0",
        Written.SHARE: "0.0%",
        Written.MONEY: f"{sign}#,##0",
        Written.CENTS: f"{sign}#,##0.00",
        Written.PLAIN: "0",
    }[written]
