"""The laws of tables, kind by kind: how well a reading of a file keeps them, as a sum of weights."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.key_candidates import are_named
from segmentation.intake.meaning.money.account import BALANCE
from segmentation.intake.meaning.money.adds_up import ALWAYS
from segmentation.intake.meaning.sample import Sample
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.roles import Column, Kind, Role

MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY)
NEVER = -8.0
_NO_MONEY = {C.COUNT, C.QUANTITY, C.ID, C.RATING, C.MEASURE, C.TIME, C.FEE, C.LINE}
FEW_VALUES, MANY_ROWS = 4, 50
MOSTLY_ALONE = 0.7
MOST_SHOPS = 20
MOST_ORDERS = 999
_GOODS = (Role.PRODUCT_ID, Role.PRODUCT_NAME)
OF_FEW_GOODS, SOME, MOST_ALONE = 0.5, 0.1, 0.9


def paid_columns(table: Table) -> list[Column]:
    """Return the plain numbers whose headers speak of money, of whatever more they speak."""
    return [
        column
        for column in table.columns
        if column.role is Role.NUMERIC
        and table.concepts[column.position] & {C.AMOUNT, C.PRICE}
        and not table.concepts[column.position] & _NO_MONEY
    ]


def document_of(table: Table) -> int | None:
    """Return the column that numbers the documents of a file of lines alone, whose goods come again in many.

    Its whole numbers never fall from row to row, and each document has some goods once, in pieces at a price.
    """
    goods, sample = table.find(Role.PRODUCT_ID, Role.PRODUCT_NAME), table.sample
    priced = table.find(Role.QUANTITY) and table.find(Role.UNIT_PRICE, Role.AMOUNT)
    if not goods or not priced or goods.position not in sample.codes or sample.rows < MANY_ROWS:
        return None
    if sample.unique_share(goods.position) > OF_FEW_GOODS:
        return None
    for column in table.columns:
        place, values = column.position, table.evidence[column.position]
        many = place in sample.codes and SOME <= sample.unique_share(place) <= MOST_ALONE
        if many and values.whole and not values.dates and _number_documents(table, place, goods.position):
            return place
    return None


def _number_documents(table: Table, place: int, goods: int) -> bool:
    numbers = table.numbers([place])[place]
    rises = bool(np.all(np.diff(numbers) >= 0))
    return rises and table.sample.pairs(place, goods) >= ALWAYS * len(numbers)


def has_mute_number(table: Table) -> bool:
    """Whether numbers that are no ids stand under a header that says nothing: they may be sums."""
    return any(column.role is Role.NUMERIC and not table.is_key(column) for column in table.mute)


def pay_again(table: Table, person: int) -> bool:
    """Whether a column has people who come again on other days, and rows tell what may be a sum.

    Such rows are purchases though no number tells them apart: of one person and moment.
    """
    moment, sample = table.find(Role.TIMESTAMP), table.sample
    if moment is None or moment.position not in sample.codes or person not in sample.codes:
        return False
    paid = table.find(Role.AMOUNT, Role.UNIT_PRICE) or paid_columns(table) or has_mute_number(table)
    again = sample.unique_share(person) < MOSTLY_ALONE
    return bool(paid) and again and sample.determined(person, moment.position) < MOSTLY_ALONE


@dataclass(frozen=True)
class Keys:
    """The columns that tell orders, people, products and visits apart, by position; None where none does."""

    order: int | None = None
    customer: int | None = None
    product: int | None = None
    session: int | None = None


@dataclass(frozen=True)
class Laws:
    """Measures readings of one table against its laws; `weighed` are the people that were, by position."""

    table: Table
    weighed: dict[int, float] = field(default_factory=dict)

    def keep(self, kind: Kind, keys: Keys) -> float:
        """Return how well a reading keeps the laws of its kind; far below zero where it breaks one."""
        weigh = {
            Kind.ORDERS: self._orders,
            Kind.CUSTOMERS: self._customers,
            Kind.EVENTS: self._doings,
            Kind.REVIEWS: self._doings,
        }.get(kind)
        return (weigh(keys) if weigh else 0.0) + self._people(keys)

    def _is_asked(self, place: int | None, role: Role) -> bool:
        return place is not None and self.table.columns[place].role is role

    def _is_document(self, place: int | None) -> bool:
        return place is not None and self._document == place

    @cached_property
    def _document(self) -> int | None:
        return document_of(self.table)

    def _person(self, keys: Keys) -> int | None:
        if keys.customer is not None:
            return keys.customer
        email = self.table.find(Role.EMAIL)
        return email.position if email and email.position in self.table.sample.codes else None

    def _buyer(self, keys: Keys) -> int | None:
        """Return who buys: by telephone or name if nothing is better, of orders with a number or visits."""
        person, told = self._person(keys), self.table.find(Role.PHONE) or self.table.find(Role.NAME)
        if person is not None or told is None or told.position not in self.table.sample.codes:
            return person
        return told.position if keys.order is not None or pay_again(self.table, told.position) else None

    def _has_unique_email(self) -> bool:
        email = self._person(Keys())
        return email is not None and self.table.sample.unique_share(email) >= ALWAYS

    def _moment(self) -> int | None:
        column = self.table.find(Role.TIMESTAMP)
        return column.position if column and column.position in self.table.sample.codes else None

    def _people(self, keys: Keys) -> float:
        """Weigh that the people of many rows have more than a few values, and each a name of its own."""
        person = keys.customer
        if person is None:
            return 0.0
        if person not in self.weighed:
            few = self.table.sample.distinct(person) <= FEW_VALUES and self.table.sample.rows > MANY_ROWS
            named = 1.5 if are_named(self.table, person) else 0.0
            self.weighed[person] = (-6.0 if few else 0.0) + named - self._shared_numbers(person)
        return self.weighed[person]

    def _shared_numbers(self, person: int) -> float:
        """Weigh that several people share a number, as where a file holds two shops, each with its own."""
        email, sample = self.table.find(Role.EMAIL), self.table.sample
        if email is None or email.position not in sample.codes or email.position == person:
            return 0.0
        if sample.determined(person, email.position) >= MOSTLY_ALONE or sample.distinct(person) <= FEW_VALUES:
            return 0.0
        return 8.0 if any(self._is_anew_in(place, person, email.position) for place in sample.codes) else 0.0

    def _is_anew_in(self, shop: int, person: int, email: int) -> bool:
        """Whether the people of each shop are numbered anew: with the shop, a number has one address."""
        sample = self.table.sample
        shops = sample.distinct(shop)
        if not 2 <= shops <= MOST_SHOPS or sample.determined(email, shop) < MOSTLY_ALONE:
            return False
        both = sample.codes[person] * shops + sample.codes[shop]
        known = (sample.codes[person] >= 0) & (sample.codes[shop] >= 0)
        pairs = Sample(sample.rows, {0: np.where(known, both, -1), 1: sample.codes[email]})
        return pairs.determined(0, 1) >= ALWAYS

    def _names_come_again(self) -> bool:
        name = self.table.find(Role.NAME)
        coded = name is not None and name.position in self.table.sample.codes
        return coded and name is not None and self.table.sample.unique_share(name.position) < MOSTLY_ALONE

    def _orders(self, keys: Keys) -> float:
        person, moment = self._buyer(keys), self._moment()
        score = self._told(keys, person, moment) + (1.0 if moment is not None else -0.5)
        if keys.order is not None:
            score += self._order_belongs(keys.order, person, moment)
            score -= 6.0 if self._is_last_order(keys.order, person) else 0.0
        if person is None and not self._is_asked(keys.order, Role.ORDER_ID):
            sold = moment is not None and self.table.find(*MONEY) and self._has_goods(keys)
            score -= 1.0 if sold or self._is_document(keys.order) else 6.0
        elif self._is_document(person):
            score -= 6.0
        elif person is not None and keys.order is None:
            score += 0.5 if self.table.sample.unique_share(person) < ALWAYS else -3.0
        score += 2.0 if self.table.find(Role.ORDER_STATUS) else 0.0
        return score + self._product_repeats(keys, person) + self._texts(-2.0)

    def may_be_of_customers(self, keys: Keys) -> bool:
        """Whether rows of orders, each of somebody else, may sum up these: how often they bought, when last.

        A number of their own then counts orders, and not pieces, of which no price is told.
        """
        if not self._are_alone(self._buyer(keys)) or self.table.find(Role.UNIT_PRICE, *_GOODS):
            return False
        numbers = (c for c in self.table.columns if c.role in (Role.QUANTITY, Role.NUMERIC, Role.ORDER_ID))
        return any(self._may_count_orders(column) for column in numbers if column.position != keys.order)

    def _are_alone(self, person: int | None) -> bool:
        """Whether each of many people has one row."""
        sample = self.table.sample
        return person is not None and sample.rows > MANY_ROWS and sample.unique_share(person) >= ALWAYS

    def _may_count_orders(self, column: Column) -> bool:
        values, said = self.table.evidence[column.position], self.table.concepts[column.position] - {C.ALONE}
        counts = values.whole and 1 <= values.minimum < values.maximum <= MOST_ORDERS
        return counts and (not said or C.ORDER in said)

    def _is_last_order(self, order: int, person: int | None) -> bool:
        """Whether a header says that orders, each of somebody else, are the last of these."""
        return C.LATER in self.table.concepts[order] and self._are_alone(person)

    def _told(self, keys: Keys, person: int | None, moment: int | None) -> float:
        """Weigh that orders say what was bought or paid."""
        told = self._is_asked(keys.order, Role.ORDER_ID)
        if told or self.table.find(*MONEY) or paid_columns(self.table):
            return 1.5
        if person is not None and moment is not None and has_mute_number(self.table):
            return 1.0
        return 0.5 if self._has_goods(keys) and person is not None and moment is not None else -5.0

    def _has_goods(self, keys: Keys) -> bool:
        repeated = keys.product is not None and self.table.sample.unique_share(keys.product) < ALWAYS
        return repeated or bool(self.table.find(Role.PRODUCT_NAME, Role.DESCRIPTION))

    def _order_belongs(self, order: int, person: int | None, moment: int | None) -> float:
        """Weigh that an order belongs to one person and one moment, and that people have several orders."""
        sample, score = self.table.sample, 0.0
        if sample.distinct(order) < 3 and sample.rows > MANY_ROWS:
            score -= 4.0
        several = person is not None and sample.distinct(person) < ALWAYS * sample.distinct(order)
        # A key that never repeats keeps these laws whatever it is.
        telling = min(1.0, 5 * (1 - sample.unique_share(order)))
        if moment is not None:
            share = sample.determined(order, moment)
            score += telling * (1.5 if share >= 0.9 else -4.0 * (1 - share))
        if person is None:
            return score
        share = sample.determined(order, person)
        score += telling * 2.0 if share >= ALWAYS else -8.0 * (1 - share) - 1.0
        return score + (0.5 if several else -1.0)

    def _product_repeats(self, keys: Keys, person: int | None) -> float:
        """Weigh that products are bought by several people, in several rows."""
        if keys.product is None:
            return 0.0
        sample = self.table.sample
        if sample.unique_share(keys.product) >= ALWAYS and sample.rows > MANY_ROWS / 5:
            return -4.0
        owned = person is not None and sample.determined(keys.product, person) >= ALWAYS
        in_order = keys.order is not None and sample.determined(keys.order, keys.product) >= ALWAYS
        if in_order and keys.order is not None and keys.product in self.table.guessed:
            owned = (
                owned or sample.unique_share(keys.order) < MOSTLY_ALONE
            )  # one thing on all lines: the buyer
        return -2.0 if owned else (0.2 if in_order else 0.7)

    def _texts(self, weight: float) -> float:
        return weight if self.table.find(Role.REVIEW_TEXT) and self.table.find(Role.RATING) else 0.0

    def _customers(self, keys: Keys) -> float:
        """Weigh that there is one row for each customer."""
        person = self._person(keys)
        score = -2.0 if self.table.find(Role.ORDER_STATUS) else 0.0
        if any(column.reason == BALANCE for column in self.table.columns):
            score -= 6.0
        if person is None:
            return score
        share = self.table.sample.unique_share(person)
        said = self._is_asked(keys.customer, Role.CUSTOMER_ID) or self._has_unique_email()
        return score + ((3.0 if said else 0.5) if share >= ALWAYS else -10.0 * (1 - share) - 1.0)

    def _doings(self, keys: Keys) -> float:
        """Weigh that somebody does or writes it at each moment, and that a visit is one person's."""
        sample, person, moment = self.table.sample, self._person(keys), self._moment()
        score = self._product_repeats(keys, person)
        if keys.order is not None and not self._is_asked(keys.order, Role.ORDER_ID):
            score -= 3.0
        if person is not None and sample.unique_share(person) < ALWAYS:
            score += 0.3 + (sample.determined(moment, person) if moment is not None else 0.5)
        elif person is not None and self._names_come_again():
            score -= 3.0
        if keys.session is not None and person is not None:
            share = sample.determined(keys.session, person)
            score += 0.5 if share >= ALWAYS else -4.0 * (1 - share)
        return score
