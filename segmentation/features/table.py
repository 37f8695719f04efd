"""What a feature is, and the table that holds one row of them per customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

import numpy as np
import pandas as pd

from segmentation.features.vote import Vote


class Group(StrEnum):
    """Where a feature comes from; the groups of the customers screen."""

    BEHAVIOUR = "behaviour"
    BROWSING = "browsing"
    PROFILE = "profile"
    TEXT = "text"
    CONCEPT = "concept"


class Unit(StrEnum):
    """How a feature's values are written for people."""

    DAYS = "days"
    MONEY = "money"
    COUNT = "count"
    SHARE = "share"
    RATING = "rating"
    HOUR = "hour"
    YEAR = "year"
    NUMBER = "number"


@dataclass(frozen=True)
class Feature:
    """One readable column: name, label, plain definition, group, unit.

    `skewed` asks for a signed log before standardising. `value` is set for a categorical profile column's
    flag: the category that the flag stands for; the flag's unit is SHARE. `personal` marks who somebody is
    (age, gender, family), which describes segments and never defines them beside other columns. `given`: a
    person chose the label, which is kept as it was written.
    """

    name: str
    label: str
    definition: str
    group: Group
    unit: Unit
    skewed: bool = False
    value: str | None = None
    personal: bool = False
    given: bool = False

    @property
    def variable(self) -> str:
        """The name without the value that a flag stands for: flags of one column share it."""
        return self.name.removesuffix(f"={self.value}") if self.value is not None else self.name


class Lack(StrEnum):
    """What is lacking where a feature is left out; `UNKNOWN` stands in runs of an earlier version."""

    ORDERS = "orders"
    ORDER_LINES = "order_lines"
    ORDER_DATES = "order_dates"
    ORDER_TIMES = "order_times"
    ORDER_AMOUNTS = "order_amounts"
    ORDER_ITEMS = "order_items"
    ORDER_PRODUCTS = "order_products"
    PURCHASES = "purchases"
    SECOND_ORDERS = "second_orders"
    CATEGORIES = "categories"
    DISCOUNTS = "discounts"
    EVENTS = "events"
    EVENT_DATES = "event_dates"
    VISITS = "visits"
    VIEWS = "views"
    CARTS = "carts"
    EVENT_PURCHASES = "event_purchases"
    EVENT_PRODUCTS = "event_products"
    REVIEWS = "reviews"
    REVIEW_ROWS = "review_rows"
    RATINGS = "ratings"
    REVIEW_DATES = "review_dates"
    REVIEW_PRODUCTS = "review_products"
    VALUES = "values"
    SHARED_VALUES = "shared_values"
    DIFFERENCES = "differences"
    SECOND_TIMES = "second_times"
    A_WEEK = "a_week"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LeftOut:
    """A feature that this shop's exports cannot support, and what is lacking.

    `days` is how many the dates cover, where that is too little.
    """

    label: str
    lack: Lack
    days: float | None = None


@dataclass(frozen=True)
class FeatureTable:
    """One row per customer, ordered by customer id (by row content where the file had no id).

    `values` has a float64 column per feature (NaN: does not exist for this customer), in the order of
    `features`; `customer_ids` is an object array of str of the same length. `counted` holds those shares that
    `values` draws toward the shop's average where a customer has few occasions, as they were counted, NaN for
    a customer with a single occasion. `usual_gap` is the days between two orders of a customer that four
    fifths of them do not exceed, None where that is not known. `votes` says how much columns count by
    default; one without a vote counts in full. `averages` are the shop's own shares, to which `values` draws.
    """

    customer_ids: np.ndarray
    values: pd.DataFrame
    features: tuple[Feature, ...]
    left_out: tuple[LeftOut, ...]
    as_of: datetime | None
    currency: str | None
    counted: pd.DataFrame = field(default_factory=pd.DataFrame)
    usual_gap: float | None = None
    votes: Mapping[str, Vote] = field(default_factory=dict)
    averages: Mapping[str, float] = field(default_factory=dict)

    def as_counted(self) -> FeatureTable:
        """Return the table that people read: every share as it was counted."""
        return replace(self, values=self.values.assign(**self.counted))

    def __len__(self) -> int:
        return len(self.customer_ids)

    def feature(self, name: str) -> Feature:
        """Return the feature of this name."""
        return next(feature for feature in self.features if feature.name == name)
