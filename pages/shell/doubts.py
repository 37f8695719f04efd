"""Questions about the files where two readings survive, as the screens see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from pages.shell.words import count
from segmentation import formats
from segmentation.intake.shop import Shop


class Option(Protocol):
    """One answer, and what the files come to with it."""

    @property
    def answer(self) -> str:
        """In words."""

    @property
    def revenue(self) -> float | None:
        """What was spent in all."""

    @property
    def customers(self) -> int | None:
        """How many there are."""

    @property
    def orders(self) -> int | None:
        """How many there are."""

    @property
    def first(self) -> datetime | None:
        """The earliest date."""

    @property
    def last(self) -> datetime | None:
        """The latest date."""


class Doubt(Protocol):
    """A plain question about a file, with its answers."""

    @property
    def upload_id(self) -> str:
        """The file."""

    @property
    def code(self) -> str:
        """What tells it from the other questions about its file."""

    @property
    def question(self) -> str:
        """In words."""

    @property
    def options(self) -> Sequence[Option]:
        """The answers."""

    @property
    def taken(self) -> int:
        """The place of the answer that holds now."""


def open_doubts(shop: Shop) -> tuple[Doubt, ...]:
    """Return the questions that are open about the files of a shop."""
    return tuple(doubt for doubt in shop.doubts if not doubt.answered)


def consequence(option: Option, currency: str | None) -> str:
    """Say what the files come to with an answer: "€16,753 in 120 orders of 84 customers, 3 Jan to …"."""
    parts = []
    if option.revenue is not None:
        parts.append(formats.money(option.revenue, currency))
    if option.orders is not None:
        parts.append(f"{' in ' if parts else ''}{count(option.orders, 'order')}")
    if option.customers is not None:
        parts.append(f"{' of ' if parts else ''}{count(option.customers, 'customer')}")
    told = "".join(parts)
    if option.first and option.last:
        return f"{told}{', ' if told else ''}{formats.date(option.first)} to {formats.date(option.last)}"
    return told
