"""How much each block counts, in words."""

from segmentation.insight.sentences.blocks import block_words, blocks_sentence


def test_the_largest_share_comes_first() -> None:
    assert blocks_sentence({"behaviour": 0.3, "text": 0.6, "profile": 0.1}) == (
        "Your segments rest on what their texts and products say (60.0%), what customers do (30.0%) and who "
        "they are (10.0%)."
    )
    assert blocks_sentence({"behaviour": 1.0}) == "Your segments rest on one thing alone: what customers do."
    assert block_words("text", 0.25) == "What their texts and products say: 25.0%"
