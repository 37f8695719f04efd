"""Find segments: the six steps in order, as one job."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version

import numpy as np
import pandas as pd

from segmentation.clusters.borderline import Nearness, nearness
from segmentation.clusters.confidence import confidences
from segmentation.clusters.fit import Sweep, settle, sweep
from segmentation.clusters.identity import align
from segmentation.clusters.map import FlatMap, project
from segmentation.clusters.quality import Quality, measure
from segmentation.clusters.reach import reaches
from segmentation.clusters.space import Space
from segmentation.clusters.stability import Recovery, resample
from segmentation.clusters.suggest import Suggestion, suggest_surely
from segmentation.errors import TooFewCustomersError
from segmentation.features.categories import shared_categories
from segmentation.features.table import FeatureTable
from segmentation.insight.facts.centroids import centroid_tables, with_themes
from segmentation.insight.facts.claims import find_claims
from segmentation.insight.facts.differences import Portrait, find_differences
from segmentation.insight.facts.typical_customers import show_customers
from segmentation.insight.naming.name import Name
from segmentation.insight.naming.segment_names import name_every_k
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.pipeline.dealing import checked_by_dealing
from segmentation.pipeline.ground import Asking, in_one_database, lay_ground
from segmentation.runs import Cut, Run, RunOptions, Segment, labels_before, save_run
from segmentation.runs.columns import confidence_column, second_column, segment_column
from segmentation.runs.review_themes import keep_review_themes
from segmentation.stages import Stage
from segmentation.text.block import TextBlock
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.text.learned import TextsLearned
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed

LIBRARIES = ("scikit-learn", "numpy", "duckdb", "torch", "sentence-transformers")

Save = Callable[[Workspace, Run, pd.DataFrame, TextsLearned | None], None]


@undisturbed
def find_segments(
    workspace: Workspace,
    options: RunOptions | None = None,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
    save: Save = save_run,
    ask: Asking = in_one_database,
) -> Run:
    """Turn the uploads of a workspace into a run, and save it there.

    :param save: how the run is kept with the rows of its customers and what was learned of their texts.
    :param ask: of whom questions about the customers are asked.
    :raises SegmentationError: where there are no customers, too few, or nothing that tells them apart.
    """
    options = options or RunOptions()
    ground = lay_ground(workspace, options, on_progress, load, ask=ask)
    shop, table, text, space = ground.shop, ground.table, ground.text, ground.space
    before = labels_before(workspace, table.customer_ids)
    swept = align(sweep(space.matrix, options.ks, options.seed, on_progress), before)
    swept = settle(swept, space.matrix)
    _check_there_is(options.k, swept, len(table))
    stability = resample(space.matrix, swept, options.seed, options.resamples, on_progress)
    on_progress(Stage.JUDGING, 0, 1)
    suggestion, stability = suggest_surely(
        space.matrix, swept, stability, options.resamples_of_suggested, options.seed, on_progress, options.k
    )
    suggestion = checked_by_dealing(workspace, ground, options, suggestion, load)
    flat = project(space.matrix)
    quality = measure(space.matrix, swept, options.seed, on_progress)
    on_progress(Stage.DESCRIBING_SEGMENTS, 0, 1)
    readable = with_themes(table.as_counted(), text)
    cuts = _describe_cuts(readable, swept, quality, stability, suggestion.k)
    near = {k: nearness(space.matrix, swept.centroids[k], swept.labels[k]) for k in swept.ks}
    sure = confidences(space.matrix, swept.labels, stability)
    rows = _customer_rows(readable, swept, near, sure, flat)
    run = _assemble(options, shop, readable, text, space, swept, suggestion, cuts, flat)
    shown = {k: show_customers(near[k], sure[k], swept.labels[k], k) for k in swept.ks}
    reach = reaches(space.matrix, swept, options.seed)
    run = replace(run, shown=shown, guidance=ground.guidance, reach=reach)
    run = replace(run, categories=shared_categories(workspace, shop))
    save(workspace, run, rows, text.learned if text else None)
    if text and text.theme_of_text:
        keep_review_themes(workspace, run, text.theme_of_text)
    on_progress(Stage.DONE, 1, 1)
    return run


def _check_there_is(k: int | None, swept: Sweep, customers: int) -> None:
    if k is not None and k not in swept.ks:
        raise TooFewCustomersError(
            f"{customers:,} customers cannot make {k} segments; at most {max(swept.ks)} was tried.",
            "Ask for fewer segments, or add customers.",
        )


def _describe_cuts(
    table: FeatureTable,
    swept: Sweep,
    quality: Mapping[int, Quality],
    stability: Mapping[int, Recovery],
    suggested: int,
) -> dict[int, Cut]:
    centroids = centroid_tables(table, swept.labels)
    portraits = {k: find_differences(centroids[k]) for k in swept.ks}
    names = name_every_k(portraits, find_claims(table, swept.labels), swept.labels, suggested)
    return {
        k: Cut(k, _segments(portraits[k], names[k], stability[k]), quality[k], centroids[k]) for k in swept.ks
    }


def _segments(
    portraits: tuple[Portrait, ...], names: tuple[Name, ...], stability: Recovery
) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            label=one.segment,
            name=name.text,
            size=one.size,
            share=one.share,
            revenue_share=one.revenue_share,
            stability=float(returns),
            recovered=int(recovered),
            named_for=name.features if name.claims or not one.is_all_rounders else (),
        )
        for one, name, returns, recovered in zip(
            portraits, names, stability.mean, stability.recovered, strict=True
        )
    )


def _assemble(
    options: RunOptions,
    shop: Shop,
    table: FeatureTable,
    text: TextBlock | None,
    space: Space,
    swept: Sweep,
    suggestion: Suggestion,
    cuts: dict[int, Cut],
    flat: FlatMap,
) -> Run:
    return Run(
        run_id=uuid.uuid4().hex[:12],
        made_at=datetime.now(UTC).replace(tzinfo=None),
        fingerprint=shop.fingerprint,
        options=options,
        customers=len(table),
        customer_meaning=shop.customer_meaning,
        currency=table.currency,
        as_of=table.as_of,
        suggestion=suggestion,
        cuts=cuts,
        features=table.features,
        left_out=table.left_out,
        readings=text.readings if text else (),
        themes=text.themes if text else (),
        block_shares={str(group): share for group, share in space.shares.items()},
        map_explained=flat.explained,
        columns=space.columns,
        centers=dict(swept.centroids),
        versions={name: version(name) for name in LIBRARIES},
        votes=dict(table.votes),
        taste=text.taste if text else None,
        averages=dict(table.averages),
        known={str(name): float(values.notna().mean()) for name, values in table.values.items()},
    )


def _customer_rows(
    table: FeatureTable,
    swept: Sweep,
    near: Mapping[int, Nearness],
    sure: Mapping[int, np.ndarray],
    flat: FlatMap,
) -> pd.DataFrame:
    """Bring each customer's segments, confidences, next segments, place on the map and features together."""
    columns: dict[str, object] = {"customer_id": table.customer_ids}
    for k in swept.ks:
        columns[segment_column(k)] = swept.labels[k]
        columns[confidence_column(k)] = sure[k]
        columns[second_column(k)] = near[k].second
    columns |= {"map_x": flat.x, "map_y": flat.y}
    return pd.concat([pd.DataFrame(columns), table.values.reset_index(drop=True)], axis=1)
