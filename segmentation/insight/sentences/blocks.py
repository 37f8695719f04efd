"""How much each block counts in a run's segments, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segmentation import formats

BLOCKS = {
    "behaviour": "What customers do",
    "text": "What their texts and products say",
    "profile": "Who they are",
}
TEXT_CHANGES = frozenset({"more_text", "less_text", "without_text", "only_text"})


def block_words(block: str, share: float) -> str:
    """Say what a block counts."""
    return f"{BLOCKS[block]}: {formats.percent(share)}"


def blocks_sentence(shares: Mapping[str, float]) -> str:
    """Say in a sentence what the segments rest on, the largest share first."""
    told: Sequence[str] = [
        f"{BLOCKS[block].lower()} ({formats.percent(share)})"
        for block, share in sorted(shares.items(), key=lambda item: -item[1])
    ]
    if len(told) == 1:
        return f"Your segments rest on one thing alone: {BLOCKS[next(iter(shares))].lower()}."
    return f"Your segments rest on {', '.join(told[:-1])} and {told[-1]}."
