"""A workspace as a role may use it: what it may not do is refused by the workspace itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import duckdb

from segmentation.errors import NotAllowedError
from segmentation.people.role import Right, TeamRole
from segmentation.workspace import Workspace
from segmentation.workspace.cursors import Cursor


def seen_by(workspace: Workspace, role: TeamRole) -> Workspace:
    """Give the workspace to somebody with this role: the same file, memory and locks, with fewer rights.

    Costs nothing, so that each call of a page may ask for it; closing what is given closes nothing.
    """
    if role is TeamRole.OWNER:
        return workspace
    return _Edited(workspace) if role.may(Right.EDIT) else _Looked(workspace)


def whole(workspace: Workspace) -> Workspace:
    """Return the workspace itself, for what the server writes down whoever it is that asks."""
    return workspace.whole if isinstance(workspace, _Edited) else workspace


class _Edited(Workspace):
    """A workspace from which nothing can be deleted."""

    role = TeamRole.EDITOR

    def __init__(self, workspace: Workspace) -> None:
        vars(self).update(vars(workspace))
        self.whole = workspace

    @contextmanager
    def deletion(self, note: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
        """Refuse: deleting is for owners."""
        raise NotAllowedError.in_role(self.role, Right.OWN)
        yield

    def delete_everything(self) -> None:
        """Refuse: deleting is for owners."""
        raise NotAllowedError.in_role(self.role, Right.OWN)

    def rewrite(self) -> None:
        """Refuse: the file is for owners to write anew."""
        raise NotAllowedError.in_role(self.role, Right.OWN)

    def close(self) -> None:
        """Leave it open for others."""


class _Looked(_Edited):
    """A workspace in which nothing can be changed, but for the tables of the shop that pages fill themselves.

    The database refuses writes; tables of a cursor's own (TEMP) it lets be made.
    """

    role = TeamRole.VIEWER
    keeps_vectors = False
    gives_contacts = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._fills = threading.local()
        self.filling = _Filling(workspace.filling, self._fills)  # type: ignore[assignment]

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor that only reads, unless this thread fills the shop's tables."""
        kind = Cursor if self._is_filling else _Reading
        return kind(self._gate, self._file.cursor, self.path)  # type: ignore[return-value]

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor that writes to a thread that fills the shop's tables; refuse any other."""
        if not self._is_filling:
            raise NotAllowedError.in_role(self.role, Right.EDIT)
        with super().transaction() as cursor:
            yield cursor

    def set_meta(self, key: str, value: str) -> None:
        """Refuse: settings are for editors."""
        raise NotAllowedError.in_role(self.role, Right.EDIT)

    def delete_vectors(self, named: str = "*", but: str = "") -> None:
        """Leave them as they are."""

    @property
    def _is_filling(self) -> bool:
        return getattr(self._fills, "on", False)


class _Reading(Cursor):
    """A cursor all of whose statements are one transaction that the database knows to be for reading."""

    def _opened(self) -> duckdb.DuckDBPyConnection:
        begun = self._cursor is not None
        cursor = super()._opened()
        if not begun:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
        return cursor

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if isinstance(error, duckdb.TransactionException) and "read-only mode" in str(error):
            raise NotAllowedError.in_role(TeamRole.VIEWER, Right.EDIT) from error


class _Filling:
    """The lock of those who fill the shop's tables, which knows whether this thread is one of them."""

    def __init__(self, lock: threading.Lock, fills: threading.local) -> None:
        self._lock, self._fills = lock, fills

    def __enter__(self) -> None:
        self._lock.acquire()
        self._fills.on = True

    def __exit__(self, *_: object) -> None:
        self._fills.on = False
        self._lock.release()
