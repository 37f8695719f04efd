"""Which customer of the shop a row of a result file is about, in the normal form of audience files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import pandas as pd

from segmentation.action.audience import normalise
from segmentation.action.audience.contacts import read_contacts
from segmentation.action.audience.suppression import keys_of, keys_of_entry
from segmentation.track.results.result_file import ResultRows
from segmentation.workspace import Workspace


def places_of(workspace: Workspace, rows: ResultRows, ids: np.ndarray, region: str = "") -> np.ndarray:
    """Return the place among these customers (texts, (m,)) of each row, -1 where it is nobody of them.

    A row is told by its id, else its e-mail, else its phone; of customers of one address the first is meant.

    :param region: ISO code of the country of phones without a country code.
    """
    number = max(len(one) for one in (rows.ids, rows.emails, rows.phones) if one is not None)
    found = np.full(number, -1, dtype=np.intp)
    if rows.ids is not None:
        found = pd.Index(ids).get_indexer(rows.ids)
    addresses = [one for one in (rows.emails, rows.phones) if one is not None]
    if addresses and (found < 0).any():
        known = _keys(workspace, ids, rows.phones is not None, region)
        for cells in addresses:
            missing = np.flatnonzero(found < 0)
            found[missing] = [_place(known, one, region) for one in cells[missing]]
    return found


def _place(known: dict[str, int], cell: str, region: str) -> int:
    return min((known[key] for key in keys_of_entry(cell, region) if key in known), default=-1)


def _keys(workspace: Workspace, ids: np.ndarray, phones: bool, region: str) -> dict[str, int]:
    """Return the place of the customer of every digest under which their addresses can turn up."""
    known: dict[str, int] = {}
    place = 0
    for batch in read_contacts(workspace, ids):
        for row in batch.to_pylist():
            read = partial(normalise.phone, region=normalise.country(row["country"] or "") or region)
            numbers: Iterable[str] = map(read, row["phones"] or ()) if phones else ()
            for key in keys_of(map(normalise.email, row["emails"] or ()), numbers):
                known.setdefault(key, place)
            place += 1
    return known
