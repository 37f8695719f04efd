from typing import Any

import numpy as np
import pytest

from segmentation.errors import Cancelled
from segmentation.text.encoders.embed import embed_texts
from segmentation.workspace import Workspace

TEXTS = tuple(f"text number {place}" for place in range(600))
HASHES = np.arange(600, dtype=np.uint64) + np.uint64(2**63)


def test_vectors_follow_the_texts_and_a_second_reading_costs_nothing(
    workspace: Workspace, fake_encoder: Any
) -> None:
    first = embed_texts(workspace, fake_encoder, TEXTS, HASHES)
    again = embed_texts(workspace, fake_encoder, TEXTS[::-1], HASHES[::-1])
    np.testing.assert_array_equal(first, type(fake_encoder)().encode(TEXTS))
    np.testing.assert_array_equal(again, first[::-1])
    assert fake_encoder.texts_read == 600


def test_added_rows_cost_only_the_new_texts(workspace: Workspace, fake_encoder: Any) -> None:
    embed_texts(workspace, fake_encoder, TEXTS[:590], HASHES[:590])
    embed_texts(workspace, fake_encoder, TEXTS, HASHES)
    assert fake_encoder.texts_read == 600


def test_a_cancelled_job_keeps_the_batches_it_had(workspace: Workspace, fake_encoder: Any) -> None:
    def cancel_after_first_batch(step: str, done: int, total: int) -> None:
        if done >= 256:
            raise Cancelled

    with pytest.raises(Cancelled):
        embed_texts(workspace, fake_encoder, TEXTS, HASHES, cancel_after_first_batch)
    assert fake_encoder.texts_read == 256
    embed_texts(workspace, fake_encoder, TEXTS, HASHES)
    assert fake_encoder.texts_read == 600


def test_progress_is_told_per_batch(workspace: Workspace, fake_encoder: Any) -> None:
    told: list[tuple[str, int, int]] = []
    embed_texts(workspace, fake_encoder, TEXTS, HASHES, lambda *step: told.append(step))
    assert [(done, total) for _, done, total in told] == [(0, 600), (256, 600), (512, 600), (600, 600)]


def test_vectors_of_different_keys_never_mix(workspace: Workspace, fake_encoder: Any) -> None:
    embed_texts(workspace, fake_encoder, TEXTS[:2], HASHES[:2])
    fake_encoder.key = "another"
    embed_texts(workspace, fake_encoder, TEXTS[:2], HASHES[:2])
    assert fake_encoder.texts_read == 4
