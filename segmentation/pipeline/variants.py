"""What if: the same number of segments with one setting changed, and how many customers would move."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from segmentation.clusters.fit import sweep
from segmentation.clusters.identity import align
from segmentation.clusters.space import Space
from segmentation.errors import NoCustomersError, NothingToCompareError, TooFewCustomersError
from segmentation.features.table import Group
from segmentation.intake.cleaning_rules import RULES, Cleaning, Rule
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.pipeline.ground import Ground, lay_ground, space_of
from segmentation.runs import RunOptions, View
from segmentation.runs.shifts import Change, Shift, keep_shifts
from segmentation.runs.unchanged import check_unchanged
from segmentation.stages import Stage
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.workspace import Workspace
from segmentation.workspace.trial import trial_of

STEP = Stage.TRYING_OTHERS
MOST_FEATURES, MOST_RULES = 6, 6
TEXT_STEP = 0.2


@dataclass(frozen=True)
class Variant:
    """One change: what it is, of what, and the options with it; `rule` needs the shop to be built anew."""

    change: Change
    what: str
    options: RunOptions
    rule: bool = False


def what_if(
    workspace: Workspace, view: View, on_progress: Progress = silent, load: Loader = load_encoder
) -> tuple[Shift, ...]:
    """Change one setting at a time, find as many segments again, and count who would be in another; keep it.

    A change of weights costs one fit, a rule of cleaning the whole way from the files in a trial of the
    workspace. Texts are read from what is stored. What leaves nothing to compare is left out.

    :raises FilesChangedError: if the files are not those of the run.
    """
    run, k = view.run, view.k
    check_unchanged(workspace, run)
    before = pd.Series(view.labels, index=view.customer_ids)
    loaded = cache(load)
    ground = lay_ground(workspace, run.options, on_progress, loaded, run.guidance)
    variants = tuple(_variants(run.options, ground, before.loc[ground.table.customer_ids].to_numpy(), k))
    shifts = []
    for done, variant in enumerate(variants):
        on_progress(STEP, done, len(variants))
        with suppress(NoCustomersError, TooFewCustomersError, NothingToCompareError):
            shifts.append(_shift(workspace, ground, variant, before, k, loaded))
    found = tuple(sorted(shifts, key=lambda shift: -shift.share))
    keep_shifts(workspace, run.run_id, k, found)
    on_progress(STEP, len(variants), len(variants))
    return found


def _shift(
    workspace: Workspace, ground: Ground, variant: Variant, before: pd.Series, k: int, load: Loader
) -> Shift:
    if variant.rule:
        with trial_of(workspace) as trial:
            there = lay_ground(trial, variant.options, load=load, guidance=ground.guidance)
        ids, space = there.table.customer_ids, there.space
    else:
        ids = ground.table.customer_ids
        space = space_of(ground.table, ground.text, variant.options, ground.guidance)
    known = before.reindex(ids).fillna(-1).to_numpy(dtype=np.int16)
    again = align(sweep(space.matrix, [k], variant.options.seed), {k: known}).labels[k]
    both = known >= 0
    return Shift(variant.change, variant.what, int(both.sum()), int((again[both] != known[both]).sum()))


def _variants(options: RunOptions, ground: Ground, labels: np.ndarray, k: int) -> Iterator[Variant]:
    yield from _block_variants(options, ground.space)
    for name in _strongest(ground.space, labels, k):
        label = ground.table.feature(name).label
        yield Variant(Change.WITHOUT_FEATURE, label, replace(options, off=options.off | {name}))
    yield from _rule_variants(options, ground.shop)


def _block_variants(options: RunOptions, space: Space) -> Iterator[Variant]:
    shares, groups = space.shares, {column.group for column in space.columns}
    text, behaviour = shares.get(Group.TEXT), shares.get(Group.BEHAVIOUR)
    if text and behaviour:
        weight = text / (text + behaviour)
        steps: tuple[tuple[Change, float], ...] = (
            (Change.MORE_TEXT, min(weight + TEXT_STEP, 1.0)),
            (Change.LESS_TEXT, max(weight - TEXT_STEP, 0.0)),
            (Change.WITHOUT_TEXT, 0.0),
            (Change.ONLY_TEXT, 1.0),
        )
        for change, wanted in steps:
            told = f"{wanted:.0%}" if change in (Change.MORE_TEXT, Change.LESS_TEXT) else ""
            yield Variant(change, told, replace(options, text_weight=wanted))
    browsing = {column.name for column in space.columns if column.group == Group.BROWSING}
    if browsing and Group.BEHAVIOUR in groups:
        yield Variant(Change.WITHOUT_BROWSING, "", replace(options, off=options.off | browsing))


def _strongest(space: Space, labels: np.ndarray, k: int) -> list[str]:
    """Name the features between whose segments' means the most variance of the whole space lies."""
    sizes = np.maximum(np.bincount(labels, minlength=k), 1)
    between = {}
    for position, column in enumerate(space.columns):
        if column.group == Group.TEXT:
            continue
        values = space.matrix[:, position].astype(np.float64)
        means = np.bincount(labels, values, minlength=k) / sizes
        between[column.name] = float((sizes * (means - values.mean()) ** 2).sum())
    if len(between) == 1 and len(space.columns) == 1:
        return []
    return sorted(between, key=lambda name: -between[name])[:MOST_FEATURES]


def _rule_variants(options: RunOptions, shop: Shop) -> Iterator[Variant]:
    """Switch each rule of cleaning that found rows, those with the most first."""
    rows: dict[Rule, int] = {}
    for entry in shop.ledger:
        if not RULES[entry.rule].fixed:
            rows[entry.rule] = rows.get(entry.rule, 0) + entry.rows
    for rule in sorted(rows, key=lambda rule: -rows[rule])[:MOST_RULES]:
        on = options.cleaning.applies(rule)
        switched: Cleaning = options.cleaning.switched(rule, not on)
        off, more = frozenset(map(str, switched.off)), frozenset(map(str, switched.on))
        changed = replace(options, cleaning_off=off, cleaning_on=more)
        yield Variant(Change.RULE_OFF if on else Change.RULE_ON, str(rule), changed, rule=True)
