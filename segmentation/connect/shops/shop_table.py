"""What a shop holds, as tables in the columns of the system's own exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from segmentation.connect.shops.shop_address import ShopAddress, ShopToken

Record = Mapping[str, Any]
Row = Mapping[str, str]


@dataclass(frozen=True)
class ShopTable:
    """A table: the columns of its rows, and by which of them rows are of one thing.

    :param to_rows: gives the rows of one record of the shop.
    :param fields: what is asked of the shop for a record, in the system's own way.
    :param changed: gives the moment of a record's last change, in UTC as the system writes it; None where the
        shop cannot give what changed since a moment, and is read in full each time.
    """

    name: str
    columns: tuple[str, ...]
    key: str
    to_rows: Callable[[Record], Iterator[Row]]
    fields: str
    changed: Callable[[Record], str] | None = None


@dataclass(frozen=True)
class TableAsked:
    """What is read of a shop: a table, since a moment (in UTC, ISO 8601; empty for all of it)."""

    table: ShopTable
    since: str = ""


@dataclass(frozen=True)
class HowFar:
    """How far the reading is: records so far, of so many as the shop says there are (0: not said)."""

    done: int = 0
    total: int = 0


class ShopReader(Protocol):
    """Reads a shop; `meanwhile` is called often and may raise to end the reading."""

    def __call__(
        self, shop: ShopAddress, token: ShopToken, asked: TableAsked, meanwhile: Callable[[HowFar], None]
    ) -> Iterable[Record]:
        """Yield the records of a table."""


def at(record: Any, *path: str) -> str:  # noqa: ANN401 - whatever stands in the JSON
    """Return what stands at a path in a record as text, empty where there is nothing."""
    for name in path:
        record = record.get(name) if isinstance(record, Mapping) else None
    if record is None:
        return ""
    if isinstance(record, bool):
        return "yes" if record else "no"
    return ", ".join(map(str, record)) if isinstance(record, list) else str(record)
