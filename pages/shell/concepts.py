"""The customers' scores on the kept concepts, as screens read them: from memory, for the run on screen."""

from __future__ import annotations

from pages.shell import cached, latest
from pages.shell.held.memory import of_this_server
from pages.shell.held.remembered import remembered
from pages.shell.workspace import workspace
from segmentation.runs import Run
from segmentation.runs.concepts import concepts_of_run, kept_concepts
from segmentation.text.concepts import ConceptScores
from segmentation.text.encoders.protocol import Encoder, TextOptions


def can_score(run: Run) -> bool:
    """Whether the texts of this run are there as they were, to be compared with a concept."""
    return bool(run.readings) and latest.is_current(run)


def scores(run: Run, concepts: tuple[str, ...]) -> tuple[ConceptScores, ...]:
    """Return the scores on these concepts, as `names` gives them, in the order of the run's customers."""
    return _scores(run.run_id, concepts, run) if concepts else ()


def names(run: Run) -> tuple[str, ...]:
    """Return the kept concepts, where this run's customers can be scored on them; nothing is computed."""
    return kept_concepts(workspace()) if can_score(run) else ()


@remembered(2, "Reading texts for your concepts …")
def _scores(run_id: str, concepts: tuple[str, ...], _run: Run) -> tuple[ConceptScores, ...]:
    cached.shop()  # the tables may hold the files as they were read with other rules
    ids = latest.customer_rows(run_id)["customer_id"].to_numpy(dtype=object)
    return concepts_of_run(workspace(), _run, ids, concepts, load=_encoder)


@of_this_server(1)
def _encoder(options: TextOptions, /) -> Encoder:
    from segmentation.text.encoders import load as encoder  # torch takes seconds to load

    return encoder.load_encoder(options)
