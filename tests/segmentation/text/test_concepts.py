"""Concepts: who is near to one, by texts of known meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from segmentation.errors import OptionError
from segmentation.insight.facts.concept_facts import measure_concept
from segmentation.runs.concepts import add_concept, delete_concept, kept_concepts
from segmentation.text.concepts import MOST_CONCEPTS, ConceptScores, score_concepts, tidy_concept
from segmentation.text.encoders.batches import Parts, plain_batches
from segmentation.text.encoders.protocol import LEXICAL, NO_TEXT, TextOptions
from segmentation.workspace import Workspace
from tests.conftest import HashEncoder
from tests.segmentation.text.conftest import CUSTOMERS

IDS = np.array(CUSTOMERS, dtype=object)


class TwoIdeas(HashEncoder):
    """Reads what is worn as one direction and what cooks as another."""

    key, dimensions = "two-ideas", 2

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows (n, 2)."""
        worn = [any(word in text.lower() for word in ("dress", "shirt", "wear")) for text in texts]
        return np.array([[1, 0] if one else [0, 1] for one in worn], dtype=np.float32).reshape(-1, 2)

    def stream(self, texts: Sequence[str]) -> Parts:
        """Yield the same in parts."""
        return plain_batches(self.encode, texts)


def score(workspace: Workspace, concept: str, model: str = "m") -> ConceptScores:
    [found] = score_concepts(
        workspace, IDS, [concept], TextOptions(model), 0, load=lambda options: TwoIdeas()
    )
    return found


def test_who_buys_what_is_near_scores_above_the_average_and_without_texts_there_is_none(
    filled: Workspace,
) -> None:
    found = score(filled, "things to wear")
    ann, bob, cid, dan, eve = found.scores
    assert ann > 50 > bob
    assert cid > 50 > dan  # cid's returned dress counts as bought before; dan viewed the knife most
    assert np.isnan(eve)
    known = found.scores[np.isfinite(found.scores)]
    assert known.mean() == pytest.approx(50)
    assert known.std() == pytest.approx(10)
    assert [text.split(".")[0] for text in found.examples[:2]] == ["Linen shirt", "Red summer dress"]
    assert not found.some_by_letters
    opposite = score(filled, "cooking").scores
    np.testing.assert_allclose(opposite[:4], 100 - found.scores[:4], atol=1e-4)


def test_texts_read_by_letters_are_compared_by_letters_and_it_says_so(filled: Workspace) -> None:
    found = score(filled, "linen shirt", LEXICAL)
    assert found.by_letters and found.some_by_letters
    assert found.examples[0].startswith("Linen shirt")
    assert found.scores[0] == np.nanmax(found.scores)


CHINESE = {
    "ann": "这件连衣裙很漂亮，面料舒服，夏天穿很凉快，颜色也好看",
    "bob": "平底锅很好用，煎蛋不粘锅，受热均匀，很重很结实",
    "cid": "衬衫质量不错，尺码合适，洗了以后不变形，穿着很舒服",
    "dan": "菜刀很锋利，切肉切菜都很轻松，手感也好",
}


@pytest.mark.parametrize("concept", ["clothes to wear in summer", "ropa de verano", "夏装", "летняя одежда"])
def test_a_concept_in_one_language_scores_texts_in_another(filled: Workspace, concept: str) -> None:
    with filled.cursor() as cursor:
        cursor.execute("DELETE FROM shop.products")
        cursor.executemany("INSERT INTO shop.reviews (customer_id, text) VALUES (?, ?)", [*CHINESE.items()])
    [found] = score_concepts(filled, IDS, [concept], TextOptions(device="cpu"), 0)
    ann, bob, cid, dan, _ = found.scores
    assert min(ann, cid) > 50 > max(bob, dan)
    assert not found.some_by_letters and found.examples[0] == CHINESE["ann"]


def test_without_texts_there_are_no_scores(filled: Workspace) -> None:
    assert score_concepts(filled, IDS, ["x"], TextOptions(NO_TEXT), 0) == ()
    assert score_concepts(filled, IDS, [], TextOptions(), 0) == ()


def test_a_concept_that_says_nothing_of_these_texts_puts_all_in_the_middle(
    filled: Workspace, fake_encoder: HashEncoder
) -> None:
    fake_encoder.encode = lambda texts: np.ones((len(texts), 32), dtype=np.float32)  # type: ignore[method-assign]
    [found] = score_concepts(filled, IDS, ["x"], TextOptions("m"), 0, load=lambda options: fake_encoder)
    assert set(found.scores[:4].tolist()) == {50.0}


def test_only_the_concept_is_read_again(filled: Workspace) -> None:
    encoder = HashEncoder()
    for concept in ("one", "two"):
        score_concepts(filled, IDS, [concept], TextOptions("m"), 0, load=lambda options: encoder)
    assert encoder.texts_read == 4 + 2


def test_concepts_are_kept_in_order_once_and_can_be_deleted(workspace: Workspace) -> None:
    assert add_concept(workspace, "  gift \n buyer ") == "gift buyer"
    assert add_concept(workspace, "'; DROP TABLE concepts; --") == "'; DROP TABLE concepts; --"
    assert add_concept(workspace, "Gift Buyer") == "gift buyer"
    assert kept_concepts(workspace) == ("gift buyer", "'; DROP TABLE concepts; --")
    delete_concept(workspace, "gift buyer")
    add_concept(workspace, "gift buyer")
    assert kept_concepts(workspace) == ("'; DROP TABLE concepts; --", "gift buyer")
    for number in range(MOST_CONCEPTS - 2):
        add_concept(workspace, f"idea {number}")
    with pytest.raises(OptionError, match="already"):
        add_concept(workspace, "one more")


@pytest.mark.parametrize("text", ["", "  ", "12 !", "x" * 81])
def test_what_is_no_concept_is_refused(text: str) -> None:
    with pytest.raises(OptionError):
        tidy_concept(text)


def test_facts_count_customers_and_average_each_segment() -> None:
    facts = measure_concept(np.array([10.0, 12.0, 90.0, np.nan]), np.array([0, 0, 1, 2]), 3)
    np.testing.assert_array_equal(facts.means, [11, 90, np.nan])
    assert facts.counts[2] == 2 and facts.counts[18] == 1 and facts.counts.sum() == 3
    assert facts.known == 0.75
