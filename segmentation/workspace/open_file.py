"""The connection to a workspace's file: made when somebody is in need of it, and let go while nobody is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import duckdb

Admission = Callable[[], AbstractContextManager[None]]
"""Entered while a file is opened; lets go of another one first, or raises where there is no room."""


class OpenFile:
    """A connection that all threads share; after `rest` it is made again by whoever wants a cursor next.

    :param connect: opens the file.
    :raises WorkspaceError: if the file cannot be opened.
    """

    def __init__(
        self, connect: Callable[[], duckdb.DuckDBPyConnection], admission: Admission = nullcontext
    ) -> None:
        self._connect, self._admission = connect, admission
        self.lock = threading.RLock()
        """Held while the file is opened, swapped or let go."""
        self._connection: duckdb.DuckDBPyConnection | None = self._opened()
        self._closed = False

    def connection(self) -> duckdb.DuckDBPyConnection:
        """Return the connection, made again where the file rests; `lock` keeps it.

        :raises WorkspaceError: if the file cannot be opened.
        """
        with self.lock:
            if self._closed:
                raise duckdb.ConnectionException("Connection already closed!")
            if self._connection is None:
                self._connection = self._opened()
            return self._connection

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own."""
        with self.lock:
            return self.connection().cursor()

    def rest(self) -> bool:
        """Let go of the file for now; return False where somebody is opening or swapping it."""
        if not self.lock.acquire(blocking=False):
            return False
        try:
            self._let_go()
        finally:
            self.lock.release()
        return True

    def close(self) -> None:
        """Let go of the file for good, once whoever opens or swaps it has done so."""
        with self.lock:
            self._closed = True
            self._let_go()

    def _opened(self) -> duckdb.DuckDBPyConnection:
        with self._admission():
            return self._connect()

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
