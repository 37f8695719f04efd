"""Names of months: each language's own, and no beginning that could be two months."""

from __future__ import annotations

import pytest
from babel import Locale

from segmentation.intake.values.month_names import LANGUAGES, in_numbers, months


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_is_known_by_its_name_and_its_abbreviation(language: str) -> None:
    for width, names in Locale(language).months["format"].items():
        if width != "narrow":
            assert [in_numbers(f"5 {name} 2023") for name in names.values()] == [
                f"5-{number}-2023" for number in names
            ]


def test_a_beginning_of_two_months_is_neither() -> None:
    assert "jui" not in months()
    assert in_numbers("5 jui 2023") is None
    assert (months()["juin"], months()["juillet"]) == (6, 7)
