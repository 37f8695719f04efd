"""Files that a page offers belong to who was offered them: an address of one opens it to nobody else.

Streamlit serves them to whoever knows the address, a hash of the content.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import wraps

from streamlit.runtime import memory_media_file_storage
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryFile, MemoryMediaFileStorage

from pages.shell.held.here import again, here
from pages.shell.people.asking import claims
from pages.shell.people.audited import Witness, witness
from pages.shell.people.rights import require
from segmentation.errors import NotAllowedError
from segmentation.people import Right
from segmentation.people.deed import Action, Ending

Owner = tuple[object, object]
Facts = dict[str, int | float | str]

handed: ContextVar[Facts | None] = ContextVar("handed", default=None)
"""What is known of the file that is being made: whoever makes it may add of whom it is, and how many."""


def bind_files_to_people() -> None:
    """Let this server, before it starts, give files only to whom they were offered."""
    memory_media_file_storage.MemoryMediaFileStorage = OwnFiles  # type: ignore[misc]
    MediaFileManager.add_deferred = _for_one(MediaFileManager.add_deferred)  # type: ignore[method-assign]


def owner() -> Owner:
    """Name who asks; whoever is not signed in is nobody, and what was offered to nobody is everybody's."""
    claimed = claims()
    return claimed.get("iss"), claimed.get("sub")


def tell(rows: int, segment: str) -> None:
    """Say of the file that is being made of which segment it is, and how many rows it has."""
    facts = handed.get()
    if facts is not None:
        facts.update(segment=segment, rows=rows)


def _name(others: Sequence[object], named: Mapping[str, object]) -> str:
    """Return the file's name, as Streamlit is told it."""
    return str(named.get("file_name") or (others[2] if len(others) > 2 else None) or "")


class OwnFiles(MemoryMediaFileStorage):
    """Files in memory, each with the people to whom a page offered it."""

    def __init__(self, media_endpoint: str) -> None:
        super().__init__(media_endpoint)
        self._owners: defaultdict[str, set[Owner]] = defaultdict(set)

    def load_and_get_id(
        self, path_or_data: str | bytes, mimetype: str, kind: MediaFileKind, filename: str | None = None
    ) -> str:
        """Keep a file for who asks."""
        file_id = super().load_and_get_id(path_or_data, mimetype, kind, filename)
        self._owners[file_id].add(owner())
        return file_id

    def get_file(self, filename: str) -> MemoryFile:
        """Return a file to whom it was offered; to anybody else it is not there.

        :raises MediaFileStorageError: where it is not.
        """
        if owner() not in self._owners.get(filename.partition(".")[0], ()):
            raise MediaFileStorageError("There is no such file for who asks.")
        return super().get_file(filename)

    def delete_file(self, file_id: str) -> None:
        """Delete a file, with whose it was."""
        super().delete_file(file_id)
        self._owners.pop(file_id, None)


def _made(make: Callable[[], bytes], writes: Witness, name: str) -> bytes:
    """Make a file for whoever may have one, and write down that it was taken."""
    facts: Facts = {}
    within = handed.set(facts)
    try:
        require(Right.EXPORT)
        content = make()
    except NotAllowedError:
        writes.note(Action.EXPORT, name, facts, Ending.REFUSED)
        raise
    finally:
        handed.reset(within)
    data = content.encode() if isinstance(content, str) else bytes(content)
    writes.note(Action.EXPORT, name, {**facts, "digest": hashlib.sha256(data).hexdigest()})
    return data


def _for_one(add: Callable[..., str]) -> Callable[..., str]:
    """Let a file that is made at a press be made for whom its button was drawn, and for nobody else."""

    @wraps(add)
    def add_for_one(
        manager: MediaFileManager, make: Callable[[], bytes], *others: object, **named: object
    ) -> str:
        drawn_for, place, writes, name = owner(), here(), witness(), _name(others, named)

        def made() -> bytes:
            if owner() != drawn_for:
                raise NotAllowedError(
                    "this file is somebody else’s.", "Open the page that offers it yourself."
                )
            with again(place):
                return _made(make, writes, name)

        return add(manager, made, *others, **named)

    return add_for_one
