"""Other readings of the files tried out, of which nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from segmentation.errors import SegmentationError
from segmentation.intake.cleaning_rules import Cleaning
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof.beside import sum_of_column
from segmentation.intake.proof.changes import ReadingChange, ReadingWay, take
from segmentation.intake.proof.months import MonthFigures, month_figures
from segmentation.intake.uploads.corrections import get_upload
from segmentation.workspace import Workspace
from segmentation.workspace.trial import trial_of


@dataclass(frozen=True)
class Said:
    """What the shop's own system says of a month (its first day): revenue, and orders where known."""

    month: date
    revenue: float
    orders: int | None = None


@dataclass(frozen=True)
class Explaining:
    """Changes of the reading, and what the month would come to with them."""

    changes: tuple[ReadingChange, ...]
    revenue: float
    orders: int
    gap: float


def gap_of(said: Said, revenue: float, orders: int) -> float:
    """Return the larger of the relative differences (0..) of revenue, and of orders where they were given."""
    gaps = [abs(revenue - said.revenue) / (abs(said.revenue) or 1.0)]
    if said.orders is not None:
        gaps.append(abs(orders - said.orders) / max(said.orders, 1))
    return max(gaps)


class Trials:
    """Readings tried out on one workspace, each from where it stands."""

    def __init__(self, workspace: Workspace, cleaning: Cleaning, said: Said) -> None:
        self._workspace, self._cleaning, self._said = workspace, cleaning, said

    def of(self, changes: Sequence[ReadingChange]) -> list[Explaining]:
        """Read the files with these changes; nothing where they cannot be read so."""
        return self.each([changes])

    def each(self, several: Sequence[Sequence[ReadingChange]]) -> list[Explaining]:
        """Do the same for several that differ only in what explains: the files are read once for all."""
        taken = [change for change in several[0] if change.can_be_taken] if several else []
        with suppress(SegmentationError), trial_of(self._workspace) as trial:
            build_shop(trial, take(trial, taken, self._cleaning))
            with trial.cursor() as cursor:
                found = month_figures(cursor, self._said.month)
            return [self._explained(trial, changes, found) for changes in several]
        return []

    def _explained(
        self, trial: Workspace, changes: Sequence[ReadingChange], found: MonthFigures
    ) -> Explaining:
        revenue = found.revenue + sum(self._beside(trial, change, found) for change in changes)
        return Explaining(tuple(changes), revenue, found.orders, gap_of(self._said, revenue, found.orders))

    def _beside(self, trial: Workspace, change: ReadingChange, found: MonthFigures) -> float:
        """Return what the shop's own figure may hold beside, or leave out."""
        if change.way is ReadingWay.BEFORE_RETURNS:
            return found.returned
        if change.can_be_taken:
            return 0.0
        upload = get_upload(trial, change.upload_id)
        column = next(column for column in upload.columns if column.name == change.column)
        with trial.cursor() as cursor:
            total = sum_of_column(cursor, upload, column, self._said.month)
        return total if change.way is ReadingWay.ADDED else -total
