"""The customers of the sample shop: how each behaves, then their orders, visits and reviews, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from segmentation.sample_shop.shelves import ShelfTaste
from segmentation.sample_shop.texts import Text

FIRST_DAY, LAST_DAY = np.datetime64("2023-01-01"), np.datetime64("2024-12-31")
DAYS = int((LAST_DAY - FIRST_DAY) / np.timedelta64(1, "D")) + 1
TASTES = (ShelfTaste.OUTDOORS, ShelfTaste.CRAFT, ShelfTaste.COOKING)
# The share of wishes within a customer's own taste is beta distributed; of the others, HOME go to things for
# the home and the rest to another taste.
DEVOTION = (7.5, 1.9)
HOME = 0.6
# Customers from before the export order first within these days of its beginning.
KNOWN_DAYS = 60
# A month's sales against an even year: quiet after Christmas, a rise in spring, a strong end.
MONTHS = np.array([0.7, 0.75, 0.9, 1.0, 1.05, 0.95, 0.9, 0.85, 0.95, 1.05, 1.5, 1.7])
GUEST_SHARE, UNTRACKED_SHARE, TRACKED_ORDERS = 0.03, 0.08, 0.45


@dataclass(frozen=True)
class Behaviour:
    """A way of buying.

    `share` of customers; `known` share who were customers before the export begins; `one_order` share who
    never come back; `more_orders` further orders of the others within the `life` days of a customer;
    `lines` of an order and `quantity` of a line; `discounted` and `returned` shares of lines; `weekend` a day
    of it against a weekday; `hour` the usual one; `visits` without buying. Counts and days are means.
    """

    name: str
    share: float
    known: float
    one_order: float
    more_orders: float
    life: float
    lines: float
    quantity: float
    discounted: float
    returned: float
    weekend: float
    hour: float
    visits: float


BEHAVIOURS = (
    Behaviour("occasional", 0.54, 0.2, 0.42, 1.6, 400, 3.5, 1.5, 0.45, 0.10, 1.8, 20.0, 2.0),
    Behaviour("regular", 0.46, 0.8, 0.02, 20.0, 600, 2.0, 1.1, 0.10, 0.03, 0.6, 10.0, 8.0),
)


@dataclass(frozen=True)
class People:
    """Customers of one part of the shop: behaviour and taste as indices, first and last day as a customer."""

    behaviour: np.ndarray
    taste: np.ndarray
    first_day: np.ndarray
    last_day: np.ndarray
    vigour: np.ndarray
    thrift: np.ndarray
    devotion: np.ndarray

    def trait(self, name: str) -> np.ndarray:
        """Return a number of each customer's behaviour."""
        return np.array([getattr(behaviour, name) for behaviour in BEHAVIOURS])[self.behaviour]


class Assortment:
    """The products, alike in price and popularity for both tastes; a product is its row number here."""

    def __init__(self, texts: list[Text], rng: np.random.Generator) -> None:
        self.ids = np.array([f"P{number}" for number in 1000 + rng.permutation(len(texts))], dtype=object)
        self.price = np.empty(len(texts))
        self._of_taste: list[tuple[np.ndarray, np.ndarray]] = []
        for taste in (*TASTES, ShelfTaste.HOME):
            products = rng.permutation(np.flatnonzero([text.taste == taste for text in texts]))
            popularity = 1.0 / (8 + np.arange(len(products)))
            self.price[products] = _prices(len(products))
            self._of_taste.append((products, np.cumsum(popularity) / popularity.sum()))

    def choose(self, rng: np.random.Generator, people: People, customer: np.ndarray) -> np.ndarray:
        """Return a product for each wish of these customers."""
        taste = people.taste[customer]
        other = np.where(rng.random(len(taste)) < HOME, len(TASTES), _another(rng, taste))
        shelf = np.where(rng.random(len(taste)) < people.devotion[customer], taste, other)
        chosen = np.empty(len(taste), dtype=np.int64)
        for number, (products, cumulated) in enumerate(self._of_taste):
            wanted = shelf == number
            chosen[wanted] = products[np.searchsorted(cumulated, rng.random(wanted.sum()))]
        return chosen


def _another(rng: np.random.Generator, taste: np.ndarray) -> np.ndarray:
    return (taste + rng.integers(1, len(TASTES), len(taste))) % len(TASTES)


def _prices(count: int) -> np.ndarray:
    """Return heavy-tailed prices in a fixed order: price and popularity go together alike in every taste."""
    spread = np.random.default_rng(count).permutation((np.arange(count) + 0.5) / count)
    return np.floor(3 + 12 * (spread / (1 - spread)) ** 0.45) + 0.95


def draw_people(rng: np.random.Generator, count: int, behaviour: int | None = None) -> People:
    """Draw customers, of one behaviour if given; tastes are spread evenly over behaviours."""
    shares = [each.share for each in BEHAVIOURS]
    drawn = rng.choice(len(BEHAVIOURS), count, p=shares) if behaviour is None else np.full(count, behaviour)
    people = People(drawn, rng.integers(0, len(TASTES), count), *(np.zeros(count) for _ in range(5)))
    known = rng.random(count) < people.trait("known")
    latest = np.where(known, KNOWN_DAYS, DAYS - 1)
    first_day = draw_days(rng, drawn, np.zeros(count, np.int64), latest)
    life = rng.gamma(4.0, people.trait("life") / 4)
    discounted = people.trait("discounted")
    return People(
        drawn,
        people.taste,
        first_day,
        np.minimum(first_day + life, DAYS - 1).astype(np.int64),
        vigour=rng.gamma(5.0, 1 / 5.0, count),
        thrift=rng.beta(8 * discounted, 8 * (1 - discounted)),
        devotion=rng.beta(*DEVOTION, count),
    )


def draw_days(
    rng: np.random.Generator, behaviour: np.ndarray, first: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """Draw a day from first to last for each, by season and by the weekdays that the behaviour likes."""
    dates = FIRST_DAY + np.arange(DAYS)
    season = MONTHS[dates.astype("datetime64[M]").astype(int) % 12]
    weekend = (dates.astype("datetime64[D]").astype(int) + 3) % 7 >= 5
    days = np.empty(len(first), dtype=np.int64)
    for number, each in enumerate(BEHAVIOURS):
        mine = behaviour == number
        cumulated = np.concatenate([[0.0], np.cumsum(season * np.where(weekend, each.weekend, 1.0))])
        low, high = cumulated[first[mine]], cumulated[last[mine] + 1]
        found = np.searchsorted(cumulated, low + rng.random(mine.sum()) * (high - low), side="right") - 1
        days[mine] = np.clip(found, first[mine], last[mine])
    return days


def draw_times(
    rng: np.random.Generator, behaviour: np.ndarray, first: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """Draw a moment (datetime64[s]) from the first to the last day for each."""
    usual = np.array([each.hour for each in BEHAVIOURS])[behaviour]
    seconds = ((usual + rng.normal(0, 3, len(usual))) % 24 * 3600).astype("timedelta64[s]")
    return (FIRST_DAY + draw_days(rng, behaviour, first, last)).astype("datetime64[s]") + seconds


def draw_orders(rng: np.random.Generator, people: People, assortment: Assortment) -> pd.DataFrame:
    """Draw order lines: customer, order (numbered by time), at, product, quantity, discount, is_return."""
    days = people.last_day - people.first_day
    back = (rng.random(len(days)) >= people.trait("one_order")) & (days > 0)
    further = people.trait("more_orders") * people.vigour * days / people.trait("life")
    count = 1 + np.where(back, np.maximum(rng.poisson(further), 1), 0)
    customer = np.repeat(np.arange(len(count)), count)
    is_first = np.concatenate([[True], customer[1:] != customer[:-1]])
    until = np.where(is_first, people.first_day[customer], people.last_day[customer])
    at = draw_times(rng, people.behaviour[customer], people.first_day[customer], until)
    by_time = np.argsort(at, kind="stable")
    customer, at = customer[by_time], at[by_time]
    lines = 1 + _heavy_tailed(rng, people.trait("lines")[customer] - 1)
    order = np.repeat(np.arange(len(at)), lines)
    buyer = customer[order]
    thrifty = rng.random(len(order)) < people.thrift[buyer]
    bought = pd.DataFrame(
        {
            "customer": buyer,
            "order": order,
            "at": at[order],
            "product": assortment.choose(rng, people, buyer),
            "quantity": 1 + _heavy_tailed(rng, people.trait("quantity")[buyer] - 1),
            "discount": np.where(thrifty, rng.choice([0.1, 0.2, 0.3], len(order)), 0.0),
            "is_return": False,
        }
    ).drop_duplicates(["order", "product"])
    return pd.concat([bought, _draw_returns(rng, people, bought)], ignore_index=True)


def _draw_returns(rng: np.random.Generator, people: People, bought: pd.DataFrame) -> pd.DataFrame:
    """Draw the lines sent back some days later, those after the last day excepted."""
    back = bought[rng.random(len(bought)) < people.trait("returned")[bought["customer"]]]
    waiting = rng.integers(3 * 86_400, 20 * 86_400, len(back)).astype("timedelta64[s]")
    back = back.assign(at=back["at"] + waiting, quantity=-back["quantity"], is_return=True)
    return back[back["at"] < LAST_DAY + 1]


def _heavy_tailed(rng: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    """Draw counts of this mean whose rate varies from case to case (a negative binomial of shape 2)."""
    return rng.poisson(mean * rng.gamma(2.0, 0.5, len(mean)))


def draw_events(
    rng: np.random.Generator, people: People, assortment: Assortment, lines: pd.DataFrame
) -> pd.DataFrame:
    """Draw what tracking saw: customer, session, at, product, action; some customers are never seen."""
    seen = rng.random(len(people.taste)) >= UNTRACKED_SHARE
    bought = lines[~lines["is_return"] & seen[lines["customer"]]]
    bought = bought[rng.random(lines["order"].max() + 1)[bought["order"]] < TRACKED_ORDERS]
    looks = _draw_visits(rng, people, assortment, seen)
    looks["session"] += lines["order"].max() + 1
    buys = bought.rename(columns={"order": "session"})[["customer", "session", "at", "product"]]
    viewed = buys.assign(
        action="view", at=buys["at"] - rng.integers(300, 1500, len(buys)).astype("timedelta64[s]")
    )
    carted = buys.assign(
        action="cart", at=buys["at"] - rng.integers(60, 300, len(buys)).astype("timedelta64[s]")
    )
    return pd.concat([viewed, carted, buys.assign(action="purchase"), looks], ignore_index=True)


def _draw_visits(
    rng: np.random.Generator, people: People, assortment: Assortment, seen: np.ndarray
) -> pd.DataFrame:
    """Draw visits without a purchase: some views each, a fifth of them put in the cart and left there."""
    visits = np.where(seen, _heavy_tailed(rng, people.trait("visits") * people.vigour), 0)
    visitor = np.repeat(np.arange(len(visits)), visits)
    started = draw_times(rng, people.behaviour[visitor], people.first_day[visitor], people.last_day[visitor])
    session = np.repeat(np.arange(len(visitor)), 1 + rng.poisson(1.5, len(visitor)))
    views = pd.DataFrame(
        {
            "customer": visitor[session],
            "session": session,
            "at": started[session] + rng.integers(0, 1200, len(session)).astype("timedelta64[s]"),
            "product": assortment.choose(rng, people, visitor[session]),
            "action": "view",
        }
    )
    left = views[rng.random(len(views)) < 0.2]
    return pd.concat([views, left.assign(action="cart", at=left["at"] + np.timedelta64(40, "s"))])


def draw_reviews(rng: np.random.Generator, lines: pd.DataFrame, texts: list[Text]) -> pd.DataFrame:
    """Draw reviews of bought lines: customer, product, at, rating, text (missing: only stars were given)."""
    written = lines[~lines["is_return"]]
    written = written[rng.random(len(written)) < 0.06]
    rating = rng.choice([1, 2, 3, 4, 5], len(written), p=[0.05, 0.06, 0.13, 0.28, 0.48])
    mood = np.searchsorted([3, 4], rating, side="right")
    words = np.array([text.reviews for text in texts], dtype=object)[written["product"], mood]
    waiting = rng.integers(2 * 86_400, 30 * 86_400, len(written)).astype("timedelta64[s]")
    reviews = pd.DataFrame(
        {
            "customer": written["customer"],
            "product": written["product"],
            "at": written["at"] + waiting,
            "rating": rating,
            "text": pd.Series(words, dtype=object, index=written.index).mask(rng.random(len(written)) < 0.2),
        }
    )
    return reviews[reviews["at"] < LAST_DAY + 1]
