"""Who a customer is: numbers of the customer file as they are, frequent categories as yes/no columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from segmentation.features.block import Block, Candidate, fetch, keep_columns
from segmentation.features.fixed import Fixed
from segmentation.features.table import Feature, Group, Lack, LeftOut, Unit
from segmentation.features.words import as_it_is, is_value, says_yes_to
from segmentation.formats import shortened
from segmentation.intake.headers.read_header import is_personal, is_year
from segmentation.intake.population import Population, times_of
from segmentation.intake.shop import ProfileColumn, ProfileType, Shop
from segmentation.workspace import quote_identifier

MOST_CATEGORIES = 8
LEAST_SHARE = 0.02
STRONG_SKEW = 1.0
YEARS = (1800, 2100)
MOSTLY = 0.95
YES = frozenset({"1", "1.0", "true", "t", "yes", "y", "sim", "ja", "oui", "si", "sí", "是"})
NO = frozenset({"0", "0.0", "false", "f", "no", "n", "não", "nao", "nein", "non", "否"})


def build_profile(people: Population, shop: Shop, fixed: Fixed | None = None) -> Block:
    """Build the profile features of every customer."""
    values = pd.DataFrame(index=np.arange(len(people.ids)))
    features: list[Feature] = []
    left_out: list[LeftOut] = []
    for column in shop.profile:
        block = (
            _numeric(people, column, fixed)
            if column.type == ProfileType.NUMERIC
            else _flags(people, column, fixed)
        )
        values = values.join(block.values)
        features += block.features
        left_out += block.left_out
    return Block(values, tuple(features), tuple(left_out))


def _numeric(people: Population, column: ProfileColumn, fixed: Fixed | None) -> Block:
    query = f"""
        SELECT customer, {quote_identifier(column.column)} AS "value"
        FROM shop.profile JOIN population USING (customer_id)
    """
    values = fetch(people, query).rename(columns={"value": _name(column)})
    years = is_year(column.label) and _are_years(values[_name(column)])
    feature = Feature(
        _name(column),
        shortened(column.label),
        as_it_is(shortened(column.label)),
        Group.PROFILE,
        Unit.YEAR if years else Unit.NUMBER,
        skewed=not years and _is_right_skewed(values[_name(column)]),
        personal=is_personal(column.label),
    )
    return keep_columns(values, [Candidate(feature, Lack.VALUES)], fixed=fixed)


def _are_years(values: pd.Series) -> bool:
    """Whether nearly all known values are whole numbers that years of people and shops have."""
    known = values.dropna()
    return bool((known.between(*YEARS) & (known % 1 == 0)).mean() >= MOSTLY)


def _flags(people: Population, column: ProfileColumn, fixed: Fixed | None) -> Block:
    shares = {} if fixed else _largest_categories(people, column)
    yes = _yes_of(list(shares))
    # Who complained is news, however few they are; who did not is none.
    categories = [yes] if yes else [value for value, share in shares.items() if share >= LEAST_SHARE]
    categories = fixed.values_of(_name(column)) if fixed else categories
    if not categories:
        left_out = LeftOut(shortened(column.label), Lack.SHARED_VALUES)
        return Block(pd.DataFrame(index=np.arange(len(people.ids))), (), (left_out,))
    identifier = quote_identifier(column.column)
    flags = ", ".join(f'({identifier} = $v{number}) AS "{number}"' for number in range(len(categories)))
    query = f"SELECT customer, {flags} FROM shop.profile JOIN population USING (customer_id)"
    values = fetch(people, query, {f"v{number}": value for number, value in enumerate(categories)})
    personal = is_personal(column.label)
    flag = Feature(_name(column), shortened(column.label), "", Group.PROFILE, Unit.SHARE, personal=personal)
    features = [_flag_of(flag, value) for value in categories]
    if yes:
        definition = says_yes_to(flag.label, shortened(yes))
        features = [replace(features[0], label=flag.label, definition=definition)]
    candidates = [Candidate(feature, Lack.VALUES) for feature in features]
    values.columns = pd.Index([candidate.feature.name for candidate in candidates])
    return keep_columns(values, candidates, fixed=fixed)


def says_yes(feature: Feature) -> bool:
    """Whether a flag is a whole column of yes and no, and not one category of several."""
    return feature.value is not None and not feature.label.endswith(f": {shortened(feature.value)}")


def _flag_of(column: Feature, value: str) -> Feature:
    return replace(
        column,
        name=f"{column.name}={value}",
        label=f"{column.label}: {shortened(value)}",
        definition=is_value(column.label, shortened(value)),
        value=value,
    )


def _yes_of(categories: list[str]) -> str | None:
    """Return the value that means yes, where a column says only yes and no."""
    said = {value.casefold(): value for value in categories}
    yes = said.keys() & YES
    return (
        said[yes.pop()] if len(categories) == len(said) == 2 and len(yes) == 1 and said.keys() & NO else None
    )


def _largest_categories(people: Population, column: ProfileColumn) -> dict[str, float]:
    """Return at most eight values with their shares of those who have one, the most frequent first."""
    identifier = quote_identifier(column.column)
    query = f"""
        SELECT {identifier} AS category, count(*) AS customers
        FROM shop.profile JOIN population USING (customer_id)
        WHERE {identifier} IS NOT NULL GROUP BY 1"""
    counted = times_of(people, query)
    whole = sum(counted.values())
    largest = sorted(counted, key=lambda category: (-counted[category], category))[:MOST_CATEGORIES]
    return {category: counted[category] / whole for category in largest}


def _name(column: ProfileColumn) -> str:
    return f"profile.{column.label}"


def _is_right_skewed(values: pd.Series) -> bool:
    """Whether no value is negative and the third standardised moment is above 1."""
    known = values.dropna()
    spread = known.std(ddof=0)
    if known.empty or known.min() < 0 or not spread > 0:
        return False
    return bool((((known - known.mean()) / spread) ** 3).mean() > STRONG_SKEW)
