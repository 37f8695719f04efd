"""Tables with planted groups and tables without any, columns as in customer files.

`SHAPES` are those that the method was tried on, `KEPT_BACK` others that it was only scored on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from segmentation.features.table import Feature, FeatureTable, Group, Unit

CUSTOMERS = (800, 2_000)
SMALLEST = 0.06
RECOVERABLE = 0.85

Columns = dict[str, np.ndarray]
Rng = np.random.Generator


@dataclass(frozen=True)
class Planted:
    """A table, and the group of every customer (all 0 where there are no groups)."""

    table: FeatureTable
    truth: np.ndarray
    told: str

    @property
    def k(self) -> int:
        """How many groups there are."""
        return int(self.truth.max()) + 1


def as_table(columns: Columns) -> FeatureTable:
    """Make a table of numbers and, of columns of words, a flag for every word, as a customer file gives."""
    values: dict[str, np.ndarray] = {}
    features: list[Feature] = []
    for name, column in columns.items():
        if column.dtype.kind in "US":
            for word in np.unique(column):
                flag = f"profile.{name}={word}"
                features.append(
                    Feature(flag, f"{name}: {word}", "", Group.PROFILE, Unit.SHARE, value=str(word))
                )
                values[flag] = (column == word).astype(np.float64)
        else:
            number = f"profile.{name}"
            spread = column - column.mean()
            skewed = bool(column.min() >= 0 and (spread**3).mean() > column.std() ** 3)
            features.append(Feature(number, name, "", Group.PROFILE, Unit.NUMBER, skewed))
            values[number] = column.astype(np.float64)
    rows = len(next(iter(values.values())))
    ids = np.array([f"c{row:05d}" for row in range(rows)], dtype=object)
    return FeatureTable(ids, pd.DataFrame(values), tuple(features), (), None, None)


def groups(rng: Rng, k: int, n: int, evenness: float) -> np.ndarray:
    """Draw the group of n customers; no group holds less than 6 %."""
    shares = SMALLEST + (1 - SMALLEST * k) * rng.dirichlet(np.full(k, evenness))
    return np.sort(rng.choice(k, n, p=shares))


def centres(rng: Rng, k: int, d: int, apart: float) -> np.ndarray:
    """Draw centres whose nearest two are `apart`, and no two more than thrice that, (k, d)."""
    while True:
        found = rng.normal(size=(k, d))
        between = np.linalg.norm(found[:, None] - found, axis=2)[np.triu_indices(k, 1)]
        if between.max() <= 3 * between.min():
            return found * apart / between.min()


def numbered(values: np.ndarray, start: int = 0) -> Columns:
    """Name the columns of a matrix."""
    return {f"n{start + place}": column for place, column in enumerate(values.T)}


def recoverable(values: np.ndarray, truth: np.ndarray) -> bool:
    """Whether k-means at the true number finds the groups in the columns that carry them."""
    scaled = (values - values.mean(axis=0)) / values.std(axis=0)
    found = KMeans(int(truth.max()) + 1, n_init=5, random_state=0).fit_predict(scaled)
    return adjusted_rand_score(truth, found) >= RECOVERABLE


def blobs(rng: Rng, truth: np.ndarray, spreads: tuple[float, float] = (1.0, 1.0)) -> np.ndarray:
    """Draw round groups, each with a spread of its own between these."""
    k, d = int(truth.max()) + 1, int(rng.integers(4, 11))
    spread = rng.uniform(*spreads, k)[truth][:, None]
    return centres(rng, k, d, rng.uniform(4.5, 6))[truth] + spread * rng.normal(size=(len(truth), d))


def unequal(rng: Rng, k: int, n: int) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Make groups of very unequal size and spread."""
    truth = groups(rng, k, n, evenness=1.0)
    values = blobs(rng, truth, (0.6, 1.4))
    return numbered(values), values, truth


def elliptic(rng: Rng, k: int, n: int) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Make groups that are long in directions of their own, up to thrice as long as wide."""
    truth = groups(rng, k, n, evenness=4.0)
    d = int(rng.integers(4, 11))
    values = centres(rng, k, d, rng.uniform(5, 6.5))[truth]
    for group in range(k):
        turn = np.linalg.qr(rng.normal(size=(d, d)))[0]
        stretch = rng.uniform(0.5, 1.5, d)
        mine = truth == group
        values[mine] += (rng.normal(size=(int(mine.sum()), d)) * stretch) @ turn
    return numbered(values), values, truth


def zero_inflated(rng: Rng, k: int, n: int) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Make groups beside two columns that most customers have nothing of, whatever their group."""
    truth = groups(rng, k, n, evenness=4.0)
    values = blobs(rng, truth)
    zeros = rng.random((n, 2)) < rng.uniform(0.4, 0.7, 2)
    amounts = np.where(zeros, 0, np.exp(rng.normal(2, 0.8, (n, 2))))
    return {**numbered(values), "refunds": amounts[:, 0], "gifts": amounts[:, 1]}, values, truth


def mixed(rng: Rng, k: int, n: int) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Make groups in numbers and one column of words; another column of words says nothing."""
    truth = groups(rng, k, n, evenness=4.0)
    values = blobs(rng, truth)
    own = rng.random(n) < 0.8
    words = np.array(["north", "south", "east", "west", "centre", "abroad", "islands"])
    region = words[np.where(own, truth % len(words), rng.integers(0, k, n))]
    payment = np.array(["card", "cash", "transfer", "voucher"])[rng.integers(0, 4, n)]
    return {**numbered(values), "region": region, "payment": payment}, values, truth


def counted(rng: Rng, k: int, n: int) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Make groups in columns of money and counts, right-skewed."""
    truth = groups(rng, k, n, evenness=4.0)
    values = blobs(rng, truth)
    money = np.exp(0.5 * values + 5)
    money[:, ::2] = np.round(money[:, ::2])
    return numbered(money), values, truth


def boxes(rng: Rng, k: int, n: int) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Make groups that are even inside and end sharply."""
    truth = groups(rng, k, n, evenness=2.0)
    d = int(rng.integers(3, 9))
    values = centres(rng, k, d, rng.uniform(4.5, 6))[truth] + rng.uniform(-1.73, 1.73, (n, d))
    return numbered(values), values, truth


def heavy(rng: Rng, k: int, n: int) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Unequal groups with heavy tails, beside two columns of noise and one of words that says nothing."""
    truth = groups(rng, k, n, evenness=1.5)
    d = int(rng.integers(5, 13))
    values = centres(rng, k, d, rng.uniform(5, 6.5))[truth] + rng.standard_t(5, (n, d)) / np.sqrt(5 / 3)
    noise = rng.normal(size=(n, 2))
    word = np.array(["web", "shop", "phone"])[rng.integers(0, 3, n)]
    return {**numbered(values), **numbered(noise, d), "channel": word}, values, truth


def skewed_zeros(rng: Rng, k: int, n: int) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Long groups of unequal size in money columns, one of which half of two groups have nothing of."""
    truth = groups(rng, k, n, evenness=2.0)
    values = blobs(rng, truth, (0.7, 1.2))
    money = np.exp(0.4 * values + 4)
    extra = np.where((truth < 2) & (rng.random(n) < 0.5), 0, np.exp(rng.normal(3, 0.7, n)))
    return {**numbered(money), "extra": extra}, values, truth


Shape = Callable[[Rng, int, int], tuple[Columns, np.ndarray, np.ndarray]]
SHAPES: Mapping[str, Shape] = {
    "unequal": unequal,
    "elliptic": elliptic,
    "zero-inflated": zero_inflated,
    "mixed": mixed,
    "counted": counted,
}
KEPT_BACK: Mapping[str, Shape] = {"boxes": boxes, "heavy": heavy, "skewed zeros": skewed_zeros}


def plant(shapes: Mapping[str, Shape], seed: int, place: int) -> Planted:
    """Make the planted table of this place, of 2 to 6 groups: drawn anew until k-means can find them."""
    rng = np.random.default_rng([seed, place])
    name = list(shapes)[place % len(shapes)]
    k = 2 + place // len(shapes) % 5
    while True:
        columns, carrying, truth = shapes[name](rng, k, int(rng.integers(*CUSTOMERS)))
        if np.bincount(truth, minlength=k).min() >= 0.05 * len(truth) and recoverable(carrying, truth):
            return Planted(as_table(columns), truth, f"{name} k={k} d={len(columns)} n={len(truth)}")


def one_factor(rng: Rng, n: int) -> Columns:
    """Make measurements of one hidden quantity."""
    d = int(rng.integers(3, 12))
    return numbered(rng.normal(size=(n, 1)) + rng.uniform(0.3, 0.8) * rng.normal(size=(n, d)))


def shop_like(rng: Rng, n: int) -> Columns:
    """Make a continuum as shops have it: orders, spend that follows, a share often zero, a flag."""
    orders = 1 + rng.poisson(np.exp(rng.normal(0.5, 1, n)))
    spend = orders * np.exp(rng.normal(3, 0.6, n))
    share = np.where(rng.random(n) < 0.6, 0, rng.beta(2, 3, n))
    return {
        "orders": orders,
        "spend": spend,
        "age": rng.integers(18, 80, n),
        "share": share,
        "flag": np.where(rng.random(n) < 0.3, "yes", "no"),
    }


STRUCTURELESS: Mapping[str, Callable[[Rng, int], Columns]] = {
    "even": lambda rng, n: numbered(rng.random((n, int(rng.integers(2, 10))))),
    "correlated": lambda rng, n: numbered(rng.normal(size=(n, 6)) @ rng.normal(size=(6, 6))),
    "one factor": one_factor,
    "money": lambda rng, n: numbered(np.exp(rng.normal(size=(n, 5)) + rng.normal(size=(n, 1)) + 3)),
    "shop": shop_like,
    "words": lambda rng, n: {
        **numbered(rng.normal(size=(n, 4))),
        "payment": np.array(["card", "cash", "transfer", "voucher"])[rng.integers(0, 4, n)],
        "region": np.array(["n", "s", "e"])[rng.choice(3, n, p=[0.6, 0.3, 0.1])],
    },
    "ratings": lambda rng, n: numbered(rng.binomial(10, 0.5, (n, 5)).astype(np.float64)),
}


def plain(seed: int, place: int) -> Planted:
    """Make the table of this place that has no groups."""
    rng = np.random.default_rng([seed, 1_000 + place])
    name = list(STRUCTURELESS)[place % len(STRUCTURELESS)]
    n = int(rng.integers(*CUSTOMERS))
    columns = STRUCTURELESS[name](rng, n)
    return Planted(as_table(columns), np.zeros(n, dtype=np.int64), f"{name} d={len(columns)} n={n}")
