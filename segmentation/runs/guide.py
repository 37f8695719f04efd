"""Learn what is to guide a run: the outcome that its options name, and what foretells it."""

from __future__ import annotations

from functools import partial

from segmentation.clusters.guided import Guidance, guide
from segmentation.clusters.hindsight import look_back
from segmentation.clusters.weights import Weights
from segmentation.features.cutoff import choose_period
from segmentation.features.derivatives import derived_from
from segmentation.features.outcomes import Later, column_values, find_outcome
from segmentation.features.table import FeatureTable, Group
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress
from segmentation.runs.options import RunOptions
from segmentation.text.block import TextBlock
from segmentation.text.encoders.protocol import Loader, TextOptions
from segmentation.workspace import Workspace


def learn_guidance(
    workspace: Workspace,
    shop: Shop,
    table: FeatureTable,
    text: TextBlock | None,
    options: RunOptions,
    on_progress: Progress,
    load: Loader,
) -> Guidance:
    """Learn from the customers as they were before the cut-off, or from today's where a column is asked for.

    :param table: of today, with its texts.
    :raises OptionError: where there is no such outcome.
    :raises NoHindsightError: where the history is too short, or the outcome hardly differs.
    """
    outcome = find_outcome(options.outcome or "", table)
    learn = partial(
        guide, weights=weights_of(options), ks=options.ks, seed=options.seed, on_progress=on_progress
    )
    if outcome.column:
        dropped = derived_from(outcome.column, table)
        return learn(outcome, column_values(outcome, table), table, text, dropped)
    period = choose_period(workspace, shop, options.cutoff_day)
    past = look_back(workspace, shop, period, reading_of(options), options.seed, on_progress, load)
    values = past.later[Later(outcome.name)]
    return learn(outcome, values, past.table, past.text, undated(table), period=period)


def undated(table: FeatureTable) -> tuple[str, ...]:
    """Name the features of the customer file: nobody knows whether they were known before a day."""
    return tuple(feature.name for feature in table.features if feature.group == Group.PROFILE)


def weights_of(options: RunOptions) -> Weights:
    """Return what each block counts."""
    return Weights(options.text_weight, options.profile_weight, options.off)


def reading_of(options: RunOptions) -> TextOptions:
    """Say how the texts are to be read."""
    return TextOptions(options.model, options.device, options.themes, options.precision, options.draft)
