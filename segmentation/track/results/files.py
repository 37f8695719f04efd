"""A result as files and as the facts that a command prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from segmentation.action.files.safe_csv import to_csv_bytes
from segmentation.algorithms.effects.rates import Between
from segmentation.track.results.facts import Effect, Result, Verdict
from segmentation.track.results.words import headline, note_words, refusal_words, verdict_words

ALL = "all"
PLACES = 6
_NOBODY = Effect(0, 0, 0, 0, Verdict.NO_CONTROL)


def write_result(result: Result, folder: Path) -> list[Path]:
    """Write results.csv, a row for each segment and one for all, and results.json."""
    folder.mkdir(parents=True, exist_ok=True)
    table, facts = folder / "results.csv", folder / "results.json"
    table.write_bytes(result_csv(result))
    facts.write_text(json.dumps(result_facts(result), ensure_ascii=False, indent=2), encoding="utf-8")
    return [table, facts]


def result_csv(result: Result) -> bytes:
    """Return the table of a result as CSV; with a refusal it has a header alone."""
    rows = [
        _row(str(one.segment + 1), one.name, one.effect, one.shrunk, one.differs) for one in result.segments
    ]
    if result.pooled:
        rows.append(_row(ALL, "", result.pooled, None, False))
    return to_csv_bytes(pd.DataFrame(rows, columns=list(_row("", "", _NOBODY, None, False)), dtype=object))


def result_facts(result: Result) -> dict[str, Any]:
    """Return what is printed of a result."""
    return {
        "export": result.campaign.export_id,
        "list": result.campaign.whom,
        "handed_over": result.campaign.made_at.isoformat(),
        "sent_on": result.sent_on.isoformat(),
        "days": result.days,
        "closes_on": result.closes_on.isoformat(),
        "known_until": result.known_until.isoformat() if result.known_until else None,
        "told_by": str(result.origin),
        "treated": result.treated,
        "held_out": result.held,
        "ordered_of_both": result.ordered,
        "headline": headline(result),
        "refused": [refusal_words(one) for one in result.refused],
        "notes": [note_words(one) for one in result.noted],
        "all": _row(ALL, "", result.pooled, None, False) if result.pooled else None,
        "segments": [
            _row(str(one.segment + 1), one.name, one.effect, one.shrunk, one.differs)
            for one in result.segments
        ],
        "cost": result.cost,
        "in_margin": result.in_margin,
        "profit": _between("profit", result.profit),
    }


def _row(segment: str, name: str, effect: Effect, shrunk: float | None, differs: bool) -> dict[str, Any]:
    money = effect.money
    return {
        "segment": segment,
        "segment_name": name,
        "treated": effect.treated,
        "ordered": effect.ordered,
        "held_out": effect.held,
        "held_out_ordered": effect.held_ordered,
        "rate": _rounded(effect.rate),
        "held_out_rate": _rounded(effect.held_rate),
        **_between("lift", effect.lift),
        **_between("extra_customers", effect.extra),
        "expected_next_time": _rounded(shrunk),
        "differs_from_the_others": differs,
        "verdict": verdict_words(effect),
        "more_customers_needed": effect.needed,
        "paid": _rounded(money.paid if money else None),
        "held_out_paid": _rounded(money.held_paid if money else None),
        **_between("extra_money", money.extra if money else None),
        **_between("extra_money_without_largest", money.without_largest if money else None),
    }


def _between(name: str, found: Between | None) -> dict[str, float | None]:
    return {
        name: _rounded(found.value if found else None),
        f"{name}_low": _rounded(found.low if found else None),
        f"{name}_high": _rounded(found.high if found else None),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)
