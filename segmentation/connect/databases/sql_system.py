"""What a database system does in its own way, and which of them is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from segmentation.connect.databases.address import Address, Login, System
from segmentation.connect.databases.words import INSTALL, INSTALL_DRIVER
from segmentation.errors import NotInstalledError

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection, Cursor


@dataclass(frozen=True)
class SourceTable:
    """A table or view that can be read, and about how many rows it holds (None: not known)."""

    schema: str
    name: str
    is_view: bool
    rows: int | None

    @property
    def shown(self) -> str:
        """Its name, with that of its schema where it is not the usual one."""
        return f"{self.schema}.{self.name}" if self.schema else self.name


@dataclass(frozen=True)
class SourceColumn:
    """A column of what is read: its name, its type in the database, and the SQL that writes it as text."""

    name: str
    kind: str
    text: str


class SqlSystem(Protocol):
    """One database system. Everything is written as text by the database itself.

    So amounts stay exact, what Arrow knows no type for arrives, and a column whose values are of several
    types is read all the same.
    """

    def connect(self, address: Address, login: Login) -> Connection:
        """Open a connection that cannot write."""

    def begin(self, cursor: Cursor) -> None:
        """See to it that all that is read is of one moment, and that nothing takes for ever."""

    def tables(self, cursor: Cursor) -> list[SourceTable]:
        """List the tables and views that can be read, by name."""

    def quoted(self, table: SourceTable) -> str:
        """Return the name of a table for SQL."""

    def columns(self, cursor: Cursor, source: str) -> list[SourceColumn]:
        """Return the columns of a quoted table or of a query in brackets, but for those that are bytes."""

    def key(self, cursor: Cursor, table: SourceTable) -> tuple[str, ...]:
        """Return the columns of the primary key; none where there is none."""

    def newer(self, column: SourceColumn) -> str | None:
        """Return the condition that a row is hardly older than a mark, which is bound; None: no way."""


DRIVERS = {system: f"adbc_driver_{system}" for system in System}
_PINNED = (System.POSTGRESQL, System.SQLITE)


def is_installed(system: System) -> bool:
    """Whether the driver of a database system is on this machine; it is not loaded."""
    return find_spec("adbc_driver_manager") is not None and find_spec(DRIVERS[system]) is not None


def driver(system: System) -> Any:  # noqa: ANN401 - a module that may not be there
    """Load the driver of a database system, which nothing else does.

    :raises NotInstalledError: if it is not on this machine.
    """
    if not is_installed(system):
        which = INSTALL if system in _PINNED else INSTALL_DRIVER.format(system=system)
        raise NotInstalledError(f"reading {system} needs a package that is not on this machine.", which)
    return import_module(f"{DRIVERS[system]}.dbapi")


def rows_of(cursor: Cursor, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Ask a short question."""
    cursor.execute(sql, list(values) or None)
    return list(cursor.fetchall())
