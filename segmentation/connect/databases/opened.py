"""A database opened for reading; whatever it says that is wrong, without the password, in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from segmentation.connect.allowed_hosts import ANY_HOST, AllowedHosts
from segmentation.connect.databases.address import Address, Login, System
from segmentation.connect.databases.postgresql import Postgresql
from segmentation.connect.databases.sql_system import SourceTable, SqlSystem, driver
from segmentation.connect.databases.sqlite import Sqlite
from segmentation.connect.databases.warehouses import Warehouse
from segmentation.connect.databases.within import within
from segmentation.connect.databases.words import NOTHING_LOST, REMEDIES, SILENT
from segmentation.errors import SourceError

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Cursor

LONGEST = 300
_BEFORE = re.compile(r"^.*\b(ERROR|FATAL|PANIC): +|^[A-Z_]+: (\[\w+\] )?")


@dataclass(frozen=True)
class Session:
    """A database that is open, and its own way of doing things."""

    system: SqlSystem
    cursor: Cursor


@contextmanager
def opened(address: Address, login: Login, hosts: AllowedHosts = ANY_HOST) -> Iterator[Session]:
    """Open a database; all that is read through it is of one moment where the system can do that.

    :raises HostNotAllowedError: if it may not be asked.
    :raises NotInstalledError: if the driver is not on this machine.
    :raises SourceError: if it cannot be opened, or refuses something later.
    """
    where = within(address, hosts)
    errors = driver(address.system).Error, pa.ArrowException, OSError
    system = _system_of(address.system)
    try:
        with system.connect(where, login) as connection, connection.cursor() as cursor:
            system.begin(cursor)
            yield Session(system, cursor)
    except errors as error:
        raise _explained(address, login, str(error)) from None


def list_tables(address: Address, login: Login, hosts: AllowedHosts = ANY_HOST) -> list[SourceTable]:
    """List the tables and views that can be read, with about how many rows they hold.

    :raises HostNotAllowedError: if it may not be asked.
    :raises NotInstalledError: if the driver is not on this machine.
    :raises SourceError: if the database cannot be read.
    """
    with opened(address, login, hosts) as session:
        return session.system.tables(session.cursor)


def _system_of(system: System) -> SqlSystem:
    """Return the way of a database system."""
    if system is System.POSTGRESQL:
        return Postgresql()
    return Sqlite() if system is System.SQLITE else Warehouse(system)


def _explained(address: Address, login: Login, message: str) -> SourceError:
    lines = login.hidden(message).splitlines()
    why = _BEFORE.sub("", lines[0] if lines else "").strip(" .")[:LONGEST] or SILENT
    remedy = next((words for sign, words in REMEDIES.items() if sign in why), NOTHING_LOST)
    return SourceError(f"the database {address} says: {why}.", remedy)
