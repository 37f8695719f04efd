"""The currency that a person says the amounts are in, where no file does: kept once, told by every run."""

from __future__ import annotations

from functools import partial

from segmentation.errors import OptionError
from segmentation.intake.linking.money.currency import chosen_currency
from segmentation.intake.values.currencies import is_code
from segmentation.runs.parts import Summary, keep_within
from segmentation.workspace import Workspace
from segmentation.workspace.database import CURRENCY


def choose_currency(workspace: Workspace, code: str) -> None:
    """Keep the currency of amounts whose files say none; runs of such files, made before, tell it, too.

    :param code: an ISO code; empty to take the choice back, so that amounts are plain numbers again.
    :raises OptionError: for what is no currency.
    """
    chosen = code.strip().upper()
    if chosen and not is_code(chosen):
        raise OptionError(f"“{code}” is no currency.", "Give its code of three letters, as EUR.")
    with workspace.transaction() as cursor:
        before = chosen_currency(cursor)
        cursor.execute("DELETE FROM meta WHERE key = ?", [CURRENCY])
        if chosen:
            cursor.execute("INSERT INTO meta VALUES (?, ?)", [CURRENCY, chosen])
        for (run_id,) in cursor.execute("SELECT run_id FROM runs").fetchall():
            keep_within(cursor, run_id, partial(_told, before=before, chosen=chosen or None))


def _told(summary: Summary, before: str | None, chosen: str | None) -> Summary:
    """Return the parts of a run that name its currency, with the one chosen now."""
    if summary["currency"] != before:
        return {}
    cuts = {
        k: {**cut, "centroids": {**cut["centroids"], "currency": chosen}}
        for k, cut in summary["cuts"].items()
    }
    return {"currency": chosen, "cuts": cuts}
