"""What the parts of the feature table share: candidates, the steadied share, and which columns stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.algorithms.split_halves import Reliability
from segmentation.features.fixed import Fixed
from segmentation.features.table import Feature, Group, Lack, LeftOut, Unit
from segmentation.features.words import LABELS
from segmentation.intake.population import Population, Query

# A share seen on n occasions counts as if the shop's average had been seen on this many more.
PRIOR_OCCASIONS = 5.0

# What was seen once is no habit: of one order all or nothing is at a weekend.
FEWEST_OCCASIONS = 2

# Dates that cover less than this cannot tell recent from long ago.
FEWEST_DAYS = 7


@dataclass(frozen=True)
class Candidate:
    """A feature that could be built, and what is lacking where no customer has a value.

    `absent_is_zero`: a customer without any row has 0 of it. `of_weekdays`: it compares days of the week.
    """

    feature: Feature
    lacking: Lack
    absent_is_zero: bool = False
    of_weekdays: bool = False

    @property
    def needs_a_week(self) -> bool:
        """Whether dates of less than a week say nothing about it."""
        return self.of_weekdays or self.feature.unit == Unit.DAYS


@dataclass(frozen=True)
class Block:
    """Part of the feature table: one float64 column per feature, one row per customer of the population.

    `counted` holds the shares among them as they were counted, before `steady_share`; `averages` are the
    shop's own shares; `lasting` says how much of some features lasts.
    """

    values: pd.DataFrame
    features: tuple[Feature, ...]
    left_out: tuple[LeftOut, ...]
    counted: pd.DataFrame = field(default_factory=pd.DataFrame)
    averages: Mapping[str, float] = field(default_factory=dict)
    lasting: Mapping[str, Reliability] = field(default_factory=dict)


def behaviour(name: str, unit: Unit, skewed: bool = False) -> Feature:
    """Make a feature of what customers do."""
    return Feature(name, *LABELS[name], Group.BEHAVIOUR, unit, skewed)


def fetch(people: Population, query: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
    """Ask for rows with a `customer`; return a row for each of all customers, NaN where it has none."""
    [found] = people.ask(Query((query,), parameters or {}))
    return of_all(people, found)


def of_all(people: Population, found: pa.Table) -> pd.DataFrame:
    """Return a row for each of all customers, NaN where it has none."""
    return numbers_of(found).set_index("customer").reindex(np.arange(len(people.ids)))


def numbers_of(found: pa.Table) -> pd.DataFrame:
    """Return all columns as float64, NaN where there is no value."""
    return pd.DataFrame({name: found[name].cast(pa.float64()).to_numpy() for name in found.column_names})


Shares = Mapping[str, tuple[str, str]]
"""For each share the columns of its hits and its occasions."""


def average_shares(raw: pd.DataFrame, shares: Shares) -> dict[str, float]:
    """Return the share over all customers of each of these that had any occasion."""
    sums = {name: (raw[hits].sum(), raw[occasions].sum()) for name, (hits, occasions) in shares.items()}
    return {name: float(hit / of_all) for name, (hit, of_all) in sums.items() if of_all > 0}


def with_shares(raw: pd.DataFrame, shares: Shares, averages: Mapping[str, float]) -> pd.DataFrame:
    """Add for each name hits / occasions, steadied, and as counted from two occasions on under its own name.

    :param averages: the share of the average customer by name, where it is known.
    """
    made = {}
    for name, (hits, occasions) in shares.items():
        made[name] = steady_share(raw[hits], raw[occasions], averages.get(name, np.nan))
        made[_counted(name)] = raw[hits] / raw[occasions].where(raw[occasions] >= FEWEST_OCCASIONS)
    return raw.assign(**made)


def steady_share(hits: pd.Series, occasions: pd.Series, everyone: float) -> pd.Series:
    """Shrink hits / occasions to the share of everyone by the number of occasions; NaN without occasions."""
    shrunk = (hits + PRIOR_OCCASIONS * everyone) / (occasions + PRIOR_OCCASIONS)
    return shrunk.where(occasions > 0)


def keep_columns(
    values: pd.DataFrame,
    candidates: Sequence[Candidate],
    days: float | None = None,
    fixed: Fixed | None = None,
    averages: Mapping[str, float] | None = None,
) -> Block:
    """Keep the candidates that tell customers apart, or those that are fixed, whatever they tell.

    :param days: what the dates behind the candidates cover; under a week nothing is measured in days.
    """
    if fixed is not None:
        return _keep_fixed(values, candidates, fixed)
    return replace(keep_what_differs(values, candidates, days), averages=averages or {})


def _keep_fixed(values: pd.DataFrame, candidates: Sequence[Candidate], fixed: Fixed) -> Block:
    """Keep what is fixed and known of anybody; what a customer without any row has 0 of, only then."""
    kept = [
        one
        for one in candidates
        if fixed.has(one.feature.name)
        and (values[one.feature.name].notna().any() or fixed.knows(one.feature.name))
    ]
    columns = {
        one.feature.name: values[one.feature.name].fillna(0.0)
        if one.absent_is_zero
        else values[one.feature.name]
        for one in kept
    }
    counted = {name: values[_counted(name)] for name in columns if _counted(name) in values}
    return Block(
        pd.DataFrame(columns, index=values.index),
        tuple(one.feature for one in kept),
        (),
        pd.DataFrame(counted, index=values.index),
    )


def days_covered(days_ago: pd.Series, span: pd.Series) -> float:
    """Return how many days the dates cover, from the first up to the analysis date; NaN without dates.

    :param span: days from the first to the last; missing where both are one day.
    """
    return float((days_ago + span.fillna(0)).max()) + 1


def keep_what_differs(
    values: pd.DataFrame, candidates: Sequence[Candidate], days: float | None = None
) -> Block:
    """Keep the candidates that tell customers apart, and say why the others are left out.

    :param days: what the dates behind the candidates cover; under a week nothing is measured in days.
    """
    too_short = days is not None and days < FEWEST_DAYS
    kept: dict[str, pd.Series] = {}
    features, left_out = [], []
    for candidate in candidates:
        column = values[candidate.feature.name]
        if column.isna().all():
            left_out.append(LeftOut(candidate.feature.label, candidate.lacking))
            continue
        if (
            _counted(candidate.feature.name) in values
            and values[_counted(candidate.feature.name)].isna().all()
        ):
            left_out.append(LeftOut(candidate.feature.label, Lack.SECOND_TIMES))
            continue
        if too_short and candidate.needs_a_week:
            left_out.append(LeftOut(candidate.feature.label, Lack.A_WEEK, days))
            continue
        column = column.fillna(0.0) if candidate.absent_is_zero else column
        if column.min() == column.max():
            left_out.append(LeftOut(candidate.feature.label, Lack.DIFFERENCES))
            continue
        kept[candidate.feature.name] = column
        features.append(candidate.feature)
    shares = {name: values[_counted(name)] for name in kept if _counted(name) in values}
    return Block(
        pd.DataFrame(kept, index=values.index),
        tuple(features),
        tuple(left_out),
        pd.DataFrame(shares, index=values.index),
    )


def leave_out_all(candidates: Sequence[Candidate], customers: int, lack: Lack) -> Block:
    """Return a block without features, where the file that they need was not uploaded."""
    left_out = tuple(LeftOut(candidate.feature.label, lack) for candidate in candidates)
    return Block(pd.DataFrame(index=np.arange(customers)), (), left_out)


def _counted(name: str) -> str:
    return f"{name} as counted"
