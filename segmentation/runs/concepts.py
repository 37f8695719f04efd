"""The concepts that a person has typed, kept in the workspace until they are deleted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation.errors import OptionError
from segmentation.jobs import Progress, silent
from segmentation.runs.guide import reading_of
from segmentation.runs.run import Run
from segmentation.text.concepts import MOST_CONCEPTS, ConceptScores, score_concepts, tidy_concept
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.workspace import Workspace


def kept_concepts(workspace: Workspace) -> tuple[str, ...]:
    """Return the concepts in the order in which they were added."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT concept FROM concepts ORDER BY position").fetchall()
    return tuple(concept for (concept,) in rows)


def add_concept(workspace: Workspace, text: str) -> str:
    """Keep a concept, and return it as it is kept; one that is there already stays where it is.

    :raises OptionError: for a text without a word, a long one, or one concept too many.
    """
    concept = tidy_concept(text)
    kept = kept_concepts(workspace)
    if twin := next((one for one in kept if one.casefold() == concept.casefold()), None):
        return twin
    if len(kept) >= MOST_CONCEPTS:
        raise OptionError(f"there are {len(kept)} concepts already.", "Delete one of them first.")
    with workspace.transaction() as cursor:
        cursor.execute(
            "INSERT INTO concepts SELECT ?, coalesce(max(position), 0) + 1 FROM concepts", [concept]
        )
    return concept


def delete_concept(workspace: Workspace, concept: str) -> None:
    """Forget a concept; runs that were made with it keep their feature."""
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM concepts WHERE concept = ?", [concept])


def concepts_of_run(
    workspace: Workspace,
    run: Run,
    customer_ids: np.ndarray,
    concepts: Sequence[str],
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> tuple[ConceptScores, ...]:
    """Score the customers of a run on concepts, by the encoders that read their texts then.

    :param customer_ids: of the run; the shop's tables must be those of the run.
    """
    return score_concepts(
        workspace, customer_ids, concepts, reading_of(run.options), run.options.seed, on_progress, load
    )
