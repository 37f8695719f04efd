"""The files of an outlook: whom to win back, every customer's value and risk, and the same facts as JSON."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from segmentation.action.files.safe_csv import to_csv_bytes, told_in
from segmentation.action.retention.job import Outlook, load_outlook
from segmentation.action.retention.value_check import Held
from segmentation.action.retention.value_forecast import HORIZONS
from segmentation.action.retention.value_words import VALUE_WAYS, check_sentences
from segmentation.action.retention.win_back import (
    EVERYBODY,
    Silence,
    Wanted,
    customers_outlook,
    list_win_back,
    segment_outlook,
)
from segmentation.action.retention.words import (
    WAYS,
    definition_sentence,
    reasons,
    trial_sentences,
    value_notes,
)
from segmentation.runs import View
from segmentation.workspace import Workspace

_PLACES = {"risk": 4, "alive": 4, "overdue": 2, "usual_interval": 1}


def _explained(view: View, found: Outlook, rows: pd.DataFrame) -> pd.DataFrame:
    """Add the names of segments and a reason for each customer to rows of `list_win_back`."""
    names = np.array(view.names, dtype=object)
    named = rows.assign(segment_name=names[rows["segment"].to_numpy()], reason=reasons(rows, found))
    order = ["customer_id", "segment", "segment_name", "reason", "risk", "if_stays", "at_risk"]
    ordered = named[[*order, *(column for column in named.columns if column not in order)]]
    return _moved(view, ordered.assign(segment=rows["segment"] + 1))


def _moved(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Add where the customers of these rows stand now, where segments are followed."""
    return rows if view.standing is None else rows.join(view.standing, on="customer_id")


def win_back_csv(
    workspace: Workspace,
    view: View,
    found: Outlook,
    horizon: int,
    silence: Silence,
    wanted: Wanted = EVERYBODY,
) -> bytes:
    """Write the win-back list, the most at risk first."""
    rows = _explained(view, found, list_win_back(workspace, view, horizon, silence, wanted=wanted))
    return to_csv_bytes(
        told_in(_rounded(rows), view.run.currency if found.has_spend else None, found.in_margin)
    )


def retention_csv(workspace: Workspace, view: View) -> bytes:
    """Write every customer who has ordered: segment, risk, rhythm, and orders and spend ahead."""
    rows = customers_outlook(workspace, view)
    names = np.array(view.names, dtype=object)
    rows.insert(2, "segment_name", names[rows["segment"].to_numpy()])
    known = _moved(view, rows.assign(segment=rows["segment"] + 1).dropna(axis=1, how="all"))
    has_spend = any(str(column).startswith("spend_") for column in known)
    found = load_outlook(workspace, view.run.run_id)
    currency, in_margin = view.run.currency if has_spend else None, found is not None and found.in_margin
    return to_csv_bytes(told_in(_rounded(known), currency, in_margin))


def outlook_facts(workspace: Workspace, view: View, found: Outlook, horizon: int) -> dict[str, Any]:
    """Return what the command prints: definition, tests, models and a row per segment."""
    table = segment_outlook(workspace, view, horizon)
    segments = table.assign(segment=table["segment"] + 1, name=view.names)
    return {
        "analysis_date": found.as_of.isoformat() if found.as_of else None,
        "currency": view.run.currency,
        "in_margin": found.in_margin,
        "horizon_days": horizon,
        "definition": _definition(found),
        "churn": _churn(found) or {"refused": found.no_churn},
        "value": _value(found, view.run.currency) or {"refused": found.no_value},
        "segments": segments.astype(object).where(segments.notna(), None).to_dict("records"),
    }


def _definition(found: Outlook) -> dict[str, Any] | None:
    if found.definition is None:
        return None
    return {"days": found.definition.days, "sentence": definition_sentence(found.definition)}


def _churn(found: Outlook) -> dict[str, Any] | None:
    if found.churn is None or found.definition is None:
        return None
    test = found.churn
    return {
        "tested_from": test.tested_on.cutoff.date().isoformat(),
        "customers": test.customers,
        "stopped": test.stopped,
        "auc": {WAYS[way]: test.qualities[way].auc for way in test.ways},
        "auc_behind_best": {WAYS[way]: list(test.behind[way]) for way in test.ways if way in test.behind},
        "brier": {WAYS[way]: test.qualities[way].brier for way in test.ways},
        "lift_by_tenth": {WAYS[way]: [one.lift for one in test.qualities[way].tenths] for way in test.ways},
        "own_rhythm_auc": test.rhythm.rhythm,
        "used": WAYS[test.better],
        "sentences": list(trial_sentences(test, found.definition)),
    }


def _value(found: Outlook, currency: str | None) -> dict[str, Any] | None:
    if found.value is None:
        return None
    buying, spending, check = found.value.buying, found.value.spending, found.check
    return {
        "buying": {name: getattr(buying, name) for name in ("r", "alpha", "a", "b", "log_likelihood")},
        "spending": {name: getattr(spending, name) for name in ("p", "q", "gamma")} if spending else None,
        "correlation": found.value.correlation,
        "notes": list(value_notes(found.value, max(HORIZONS))),
        "check": {
            "from": check.period.cutoff.date().isoformat(),
            "days": check.period.days,
            "orders": _held(check.orders),
            "spend": _held(check.spend) if check.spend else None,
            "ties_shared": check.ties_shared,
            "sentences": list(check_sentences(check, currency, found.in_margin)),
        }
        if check
        else {"refused": found.no_check},
    }


def _held(held: Held) -> dict[str, Any]:
    return {
        **{name: getattr(held, name) for name in ("foretold", "uncorrected", "came", "error")},
        **{name: getattr(held, name) for name in ("covered", "covered_beyond_none")},
        "used": VALUE_WAYS[held.used],
        "level": {"factor": held.level.factor, **vars(held.level)},
        "errors": {VALUE_WAYS[way]: error for way, error in held.errors.items()},
        "behind_model": {VALUE_WAYS[way]: list(one.plainly) for way, one in held.behind.items()},
        "behind_model_squared": {VALUE_WAYS[way]: list(one.squared) for way, one in held.behind.items()},
    }


def _rounded(rows: pd.DataFrame) -> pd.DataFrame:
    numbers = rows.select_dtypes("number").columns
    return rows.round({name: _PLACES.get(name, 2) for name in numbers})
