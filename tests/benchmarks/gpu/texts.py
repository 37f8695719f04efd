"""Texts a second, beside SentenceTransformer.encode as it is and with its best batch size, and the limits.

All ways read the same model with the same weights, loaded and warmed up before; a way that would take longer
than its seconds reads some of the texts only, spread evenly, as many as its row says. The tokeniser alone and
the model alone say which of the two is the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from setting import DEVICE, MODEL, OURS, Row, ceiling, left, model, say, scaled, seconds, telling
from setting import texts as packed

SIZES = {"titles": 200_000, "reviews": 20_000}
BATCHES = (64, 256, 1_024, 4_096)
PROBE, ROUNDS, WAYS = 2_048, 3, 12
FLOP_PER_TOKEN = 21.2e6
"""Of all-MiniLM-L6-v2 without its attention: two for each of 10.6 million numbers beside the embeddings."""

Read = Callable[[Sequence[str]], Any]


def main() -> None:
    """Measure titles, then reviews."""
    import torch
    from sentence_transformers import SentenceTransformer

    from segmentation.text.encoders.precision import in_precision

    encoder = in_precision(model(), "auto")
    plain = SentenceTransformer(str(MODEL), device=DEVICE, model_kwargs={"dtype": torch.float32})
    half = SentenceTransformer(str(MODEL), device=DEVICE, model_kwargs={"dtype": torch.float16})
    asked = {f"{kind}": packed(kind, scaled(size, 256)) for kind, size in SIZES.items()}
    for kind, some in asked.items():
        ways = {
            f"{OURS}, as calibrated ({encoder.precision})": encoder.encode,
            f"{OURS}, float32": model().encode,
        }
        ways |= peers("float32", plain, some)
        if DEVICE != "cpu":
            ways |= peers("float16", half, some)
        for way, read in ways.items():
            with telling(f"{len(some):,} {kind}", way):
                measure(kind, way, read, some)
        with telling(f"{len(some):,} {kind}", "the limits"):
            limits(encoder, kind, some)


def peers(precision: str, peer: Any, some: Sequence[str]) -> dict[str, Read]:
    """Return encode with its default and with its best batch size, tried on a sample spread evenly."""

    def with_batch(size: int) -> Read:
        return lambda texts: peer.encode(list(texts), batch_size=size, show_progress_bar=False)

    few = some[:: max(1, len(some) // PROBE)]
    with_batch(32)(few[:64])
    spent = {size: seconds(lambda size=size: with_batch(size)(few)) for size in BATCHES}
    best = min(spent, key=lambda size: spent[size])
    name = f"SentenceTransformer.encode, {precision}"
    return {f"{name}, default batch (32)": with_batch(32), f"{name}, best batch ({best})": with_batch(best)}


def measure(kind: str, way: str, read: Read, some: Sequence[str]) -> None:
    """Tell how many a second, of as many texts as the way has time for."""
    few = some[:: max(1, len(some) // PROBE)]
    read(few)
    rate, share = len(few) / seconds(lambda: read(few)), max(1.0, left() / WAYS)
    count = int(min(len(some), max(len(few), rate * share)))
    chosen = some if count == len(some) else some[:: -(-len(some) // count)]
    rounds = ROUNDS if len(chosen) / rate < share / ROUNDS else 1
    why = "" if len(chosen) == len(some) else f"on {len(chosen):,} of them"
    figure = len(chosen) / seconds(lambda: read(chosen), rounds)
    say(Row(f"{len(some):,} {kind}", way, figure, "texts/s", why=why))


def limits(encoder: Any, kind: str, some: Sequence[str]) -> None:
    """Tell what the tokeniser alone gives, what the model alone, and what the device's products allow."""
    from segmentation.text.encoders.batches import token_batches

    what, tokenize = f"{len(some):,} {kind}", encoder._tokenize
    tokens = tokenize(encoder._longest, list(some))
    alone = seconds(lambda: tokenize(encoder._longest, list(some)), ROUNDS)
    count = sum(map(len, tokens))
    why = f"{count / len(some):.1f} tokens a text, {count / alone / 1e6:.1f} million tokens/s"
    say(Row(what, "the tokeniser alone", len(some) / alone, "texts/s", why=why))
    batches = token_batches([len(one) for one in tokens], encoder._sizes.batch)
    ready = [[tokens[place] for place in batch] for batch in batches]

    def forward() -> None:
        for one in [encoder._read_what_fits(batch) for batch in ready]:
            one.cpu()

    spent = seconds(forward, ROUNDS)
    say(Row(what, "the model alone, tokens ready", len(some) / spent, "texts/s"))
    if top := ceiling(f"product {encoder.precision}"):
        roof = top * 1e12 / (count / len(some) * FLOP_PER_TOKEN)
        why = f"the model alone is at {len(some) / spent / roof:.1%} of it"
        say(
            Row(
                what, f"limit: products of {encoder.precision} at {top:.0f} TFLOP/s", roof, "texts/s", why=why
            )
        )


if __name__ == "__main__":
    main()
