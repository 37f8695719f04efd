"""Check: the device reads texts as the processor does, in float32, float16 and as it is calibrated."""

from __future__ import annotations

import numpy as np
from setting import DEVICE, OURS, Row, model, say, scaled, texts

LEAST = {"float32": 0.9999, "float16": 0.999, "auto": 0.995}
ODD = ["", " ", "?", "🎁🎁", "价格很好", "word " * 2_000]


def least_cosine(found: np.ndarray, exact: np.ndarray) -> float:
    """Return the least cosine of unit rows; no number where one is none."""
    return float(np.einsum("ij,ij->i", found.astype(np.float64), exact).min())


def main() -> None:
    """Compare the least cosine with what each precision is to keep."""
    from segmentation.text.encoders.precision import in_precision

    some = [*texts("titles", scaled(1_000, 40)), *texts("reviews", scaled(300, 10)), *ODD]
    exact = model("cpu").encode(some)
    plain = model()
    for precision, least in LEAST.items():
        encoder = in_precision(plain, precision)
        cosine = least_cosine(encoder.encode(some), exact)
        again = least_cosine(encoder.encode(some[::-1])[::-1], exact)
        why = f"at least {least}, and as much in another order"
        if precision == "auto":
            why = f"{why}; taken: {encoder.precision}, {encoder.engine.speedup:.2f} times as fast as float32"
        right = cosine >= least and again >= least
        say(
            Row(
                f"{len(some):,} texts on {DEVICE}", f"{OURS}, {precision}", cosine, "least cosine", right, why
            )
        )


if __name__ == "__main__":
    main()
