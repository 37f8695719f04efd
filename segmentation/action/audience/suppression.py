"""Who is never to be put into an audience: a list of e-mails and phones, kept as their digests alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd

from segmentation.action.audience import normalise
from segmentation.action.audience.normalise import digest
from segmentation.workspace import Workspace

_SEPARATORS = re.compile(r"[\n\r;,\t]+")


@dataclass(frozen=True)
class Suppressed:
    """What became of a list: entries understood, and those that are neither an e-mail nor a phone."""

    understood: int
    unreadable: tuple[str, ...]


def suppress(
    workspace: Workspace, text: str, source: str, default_country: str = "", now: datetime | None = None
) -> Suppressed:
    """Add the e-mails, phones and SHA-256 digests of a text (a CSV, or pasted lines) to the list.

    :param source: where they came from, for people.
    :param default_country: ISO code of the country of phones without a country code.
    """
    cells = [cell.strip().strip("\"'\ufeff").strip() for cell in _SEPARATORS.split(text)]
    found: dict[str, set[str]] = {cell: keys_of_entry(cell, default_country) for cell in cells if cell}
    keys = sorted({key for keys in found.values() for key in keys})
    added = (now or datetime.now(UTC)).replace(tzinfo=None)
    with workspace.transaction() as cursor:
        cursor.register("new_keys", pd.DataFrame({"key": keys}, dtype="str"))
        cursor.execute("INSERT OR IGNORE INTO suppressed SELECT key, ?, ? FROM new_keys", [source, added])
        cursor.unregister("new_keys")
    # A heading, a name or another column of a CSV is no entry: only what looks like one is complained of.
    unreadable = tuple(cell for cell, keys in found.items() if not keys and ("@" in cell or _is_number(cell)))
    return Suppressed(sum(bool(keys) for keys in found.values()), unreadable)


def suppressed_keys(workspace: Workspace) -> frozenset[str]:
    """Read the digests of all that is on the list."""
    with workspace.cursor() as cursor:
        return frozenset(key for (key,) in cursor.execute("SELECT key FROM suppressed").fetchall())


def clear_suppressed(workspace: Workspace) -> None:
    """Empty the list."""
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM suppressed")


def keys_of_entry(cell: str, default_country: str = "") -> set[str]:
    """Return every digest under which an e-mail or a phone can turn up; none where it is neither."""
    address = normalise.email(cell)
    return keys_of([address], []) if address else keys_of([], [normalise.phone(cell, default_country)])


def keys_of(emails: Iterable[str], phones: Iterable[str]) -> set[str]:
    """Return the digests of addresses: e-mails with and without tag, phones with and without plus."""
    forms = {form for one in emails for form in (one, normalise.without_tag(one))}
    forms |= {form for one in phones for form in (one, one.lstrip("+"))}
    return {digest(form) for form in forms if form}


def _is_number(cell: str) -> bool:
    digits = re.sub(r"[ ()./+-]", "", cell)
    return digits.isdigit() and len(digits) >= 7
