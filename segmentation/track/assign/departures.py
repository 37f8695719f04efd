"""All in which today's files and customers are other than those that frozen segments were found with."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.intake.shop import Shop
from segmentation.text.encoders.protocol import NO_TEXT
from segmentation.text.sources import customers_with_texts
from segmentation.track.assign.missing import Missing, NewCategory, find_new_categories
from segmentation.track.assign.read_otherwise import ReadOtherwise, find_read_otherwise
from segmentation.track.frozen import Frozen
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class NewTexts:
    """A source of texts that was not there then and is not read: its name, and of how many customers."""

    source: str
    customers: int


@dataclass(frozen=True)
class Departures:
    """What customers lack, and what is new or read otherwise and tells nothing in these segments."""

    missing: tuple[Missing, ...] = ()
    new_categories: tuple[NewCategory, ...] = ()
    read_otherwise: tuple[ReadOtherwise, ...] = ()
    new_texts: tuple[NewTexts, ...] = ()


def find_departures(
    workspace: Workspace, frozen: Frozen, shop: Shop, missing: tuple[Missing, ...]
) -> Departures:
    """Compare the files and the customers of now with those of the run.

    :param missing: what the customers lack, as `find_missing` gives it.
    """
    return Departures(
        missing,
        find_new_categories(workspace, frozen, shop),
        find_read_otherwise(workspace, frozen),
        find_new_texts(workspace, frozen),
    )


def find_new_texts(workspace: Workspace, frozen: Frozen) -> tuple[NewTexts, ...]:
    """Return the sources of texts that these segments do not know, where texts were to be read for them."""
    options = frozen.run.options
    if options.model == NO_TEXT or options.text_weight == 0:
        return ()
    known = {reading.source for reading in frozen.run.readings}
    found = customers_with_texts(workspace, but=known)
    return tuple(NewTexts(source, customers) for source, customers in found.items())
