"""Tables of amounts say their currency where it is known."""

from __future__ import annotations

import pandas as pd

from segmentation.action.files import told_in


def test_a_table_says_its_currency_where_it_is_known() -> None:
    amounts = pd.DataFrame({"segment": [1, 2], "revenue": [12.5, 40.0]})
    assert told_in(amounts, "EUR").to_dict("list") == {
        "segment": [1, 2],
        "revenue": [12.5, 40.0],
        "currency": ["EUR", "EUR"],
    }
    assert told_in(amounts, None) is amounts
