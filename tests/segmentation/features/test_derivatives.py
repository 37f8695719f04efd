"""What gives a column away is found, in whatever disguise; what merely goes along with it is not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation.features.derivatives import derived_from
from segmentation.features.table import Feature, FeatureTable, Group, Unit

RNG = np.random.default_rng(0)
SIZE = 600
LEFT = RNG.random(SIZE) < 0.3
SPENT = RNG.lognormal(3, 1, SIZE)


def table(features: tuple[Feature, ...] = (), **columns: np.ndarray) -> FeatureTable:
    named = features or tuple(Feature(name, name, name, Group.PROFILE, Unit.NUMBER) for name in columns)
    values = pd.DataFrame(columns, dtype="float64")
    return FeatureTable(np.arange(SIZE).astype(str).astype(object), values, named, (), None, None)


def test_an_outcome_in_disguise_is_found() -> None:
    given = table(
        left=LEFT.astype(float),
        stayed=1.0 - LEFT,
        days_until_leaving=np.where(LEFT, RNG.integers(1, 90, SIZE), -1),
        day_of_leaving=np.where(LEFT, RNG.integers(1, 90, SIZE), np.nan),
        age=RNG.normal(40, 10, SIZE),
        visits=RNG.poisson(np.where(LEFT, 3, 6)).astype(float),
    )
    assert derived_from("left", given) == ("left", "stayed", "days_until_leaving", "day_of_leaving")


def test_the_same_amount_in_another_unit_or_in_tiers_is_found() -> None:
    given = table(
        spent=SPENT,
        in_cents=SPENT * 100,
        logged=np.log(SPENT),
        orders=RNG.poisson(SPENT / 10).astype(float),
        noise=RNG.normal(size=SIZE),
    )
    assert derived_from("spent", given) == ("spent", "in_cents", "logged")


def test_flags_of_one_column_go_together() -> None:
    flags = [
        Feature(f"profile.plan={value}", value, "", Group.PROFILE, Unit.SHARE, value=value) for value in "abc"
    ]
    plan = RNG.integers(0, 3, SIZE)
    other = Feature("profile.planet", "planet", "", Group.PROFILE, Unit.NUMBER)
    columns = {flag.name: (plan == place).astype(float) for place, flag in enumerate(flags)}
    given = table((*flags, other), **columns, **{"profile.planet": RNG.normal(size=SIZE)})
    assert derived_from("profile.plan=b", given) == tuple(flag.name for flag in flags)
