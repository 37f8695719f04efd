"""Profile columns: numbers as they are, frequent categories as flags."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from segmentation.features.build import build_features
from segmentation.features.profile import says_yes
from segmentation.features.table import Group, Unit
from segmentation.features.words import left_out_reason
from segmentation.intake.shop import ProfileColumn, ProfileType, Shop
from segmentation.workspace import Workspace

AGE = ProfileColumn("p0", "Age", ProfileType.NUMERIC)
COUNTRY = ProfileColumn("p1", "Country", ProfileType.CATEGORICAL)
DDL = "CREATE OR REPLACE TABLE shop.profile (customer_id VARCHAR, p0 DOUBLE, p1 VARCHAR)"


def test_numbers_stay_and_categories_become_flags(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    rows = [("ada", 30.5, "FR"), ("ben", None, "DE"), ("cal", 41.0, None), ("dee", 41.0, "FR")]
    table = build_features(
        workspace,
        make_shop(
            ["ada", "ben", "cal", "dee"], profile_columns=(AGE, COUNTRY), profile_ddl=DDL, profile=rows
        ),
    )
    np.testing.assert_array_equal(table.values["profile.Age"], [30.5, np.nan, 41, 41])
    np.testing.assert_array_equal(table.values["profile.Country=FR"], [1, 0, np.nan, 1])
    np.testing.assert_array_equal(table.values["profile.Country=DE"], [0, 1, np.nan, 0])
    flag = table.feature("profile.Country=FR")
    assert (flag.label, flag.value, flag.unit, flag.group) == ("Country: FR", "FR", Unit.SHARE, Group.PROFILE)


def test_at_most_eight_flags_of_categories_that_two_percent_share(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    countries = [f"C{number}" for number in range(10) for _ in range(20 - number)] + ["rare"]
    names = [f"n{number:03}" for number in range(len(countries))]
    rows = [(name, 1.0, country) for name, country in zip(names, countries, strict=True)]
    table = build_features(
        workspace, make_shop(names, profile_columns=(AGE, COUNTRY), profile_ddl=DDL, profile=rows)
    )
    assert [feature.value for feature in table.features] == [f"C{number}" for number in range(8)]
    assert [left_out_reason(left_out) for left_out in table.left_out if left_out.label == "Age"] == [
        "It is the same for every customer."
    ]


def test_a_column_of_nearly_unique_values_is_left_out(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    names = [f"n{number:03}" for number in range(60)]
    rows = [(name, float(number**4), name) for number, name in enumerate(names)]
    table = build_features(
        workspace, make_shop(names, profile_columns=(AGE, COUNTRY), profile_ddl=DDL, profile=rows)
    )
    assert [(feature.name, feature.skewed) for feature in table.features] == [("profile.Age", True)]
    assert left_out_reason(table.left_out[-1]) == "No value is shared by at least 2 % of the customers."


def test_yes_and_no_make_one_flag_under_the_label_of_the_column(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    member = ProfileColumn("p1", "Club member", ProfileType.CATEGORICAL)
    rows = [("ada", 1.0, "No"), ("ben", 2.0, "Yes"), ("cal", 3.0, "No"), ("dee", 4.0, None)]
    table = build_features(
        workspace,
        make_shop(["ada", "ben", "cal", "dee"], profile_columns=(AGE, member), profile_ddl=DDL, profile=rows),
    )
    assert [feature.label for feature in table.features] == ["Age", "Club member"]
    np.testing.assert_array_equal(table.values["profile.Club member=Yes"], [0, 1, 0, np.nan])


def test_years_are_no_numbers_with_thousands(workspace: Workspace, make_shop: Callable[..., Shop]) -> None:
    born = ProfileColumn("p0", "Year_Birth", ProfileType.NUMERIC)
    names = [f"n{number:03}" for number in range(60)]
    rows = [(name, 1893.0 if number == 0 else 1950.0 + number % 40, "x") for number, name in enumerate(names)]
    table = build_features(
        workspace, make_shop(names, profile_columns=(born, COUNTRY), profile_ddl=DDL, profile=rows)
    )
    assert table.feature("profile.Year_Birth").unit is Unit.YEAR


def test_numbers_that_are_no_years_stay_numbers_under_such_a_header(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    spent = ProfileColumn("p0", "spent this year", ProfileType.NUMERIC)
    rows = [(f"n{number:03}", 31.5 * number, "x") for number in range(90)]
    table = build_features(
        workspace,
        make_shop([row[0] for row in rows], profile_columns=(spent, COUNTRY), profile_ddl=DDL, profile=rows),
    )
    assert table.feature("profile.spent this year").unit is Unit.NUMBER


def test_few_who_say_yes_are_told_and_not_the_many_who_say_no(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    complained = ProfileColumn("p1", "Complain", ProfileType.CATEGORICAL)
    rows = [(f"n{number:03}", float(number % 7), "1" if number == 0 else "0") for number in range(200)]
    table = build_features(
        workspace,
        make_shop([row[0] for row in rows], profile_columns=(AGE, complained), profile_ddl=DDL, profile=rows),
    )
    flag = table.feature("profile.Complain=1")
    assert (flag.label, flag.value, says_yes(flag)) == ("Complain", "1", True)
    assert flag.definition == "Whether “Complain” says yes (“1”)."
    assert float(table.values["profile.Complain=1"].mean()) == 0.005
