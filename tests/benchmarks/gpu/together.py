"""Check: two processes read on the same device at the same time, and both read right."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import numpy as np
from setting import DEVICE, OURS, OUT, Row, left, model, say, scaled, texts
from vectors import least_cosine

ROUNDS = 20 if DEVICE == "cuda" else 2


def read(name: str) -> None:
    """Be one of the two: read some times over, keep the last vectors and print when."""
    encoder, some = model(), texts("titles", scaled(20_000, 200))
    began = time.time()
    for _ in range(ROUNDS):
        vectors = encoder.encode(some)
    np.save(OUT / f"{name}.npy", vectors[:: max(1, len(vectors) // 200)].astype(np.float32))
    print(json.dumps([began, time.time()]))


def main() -> None:
    """Start both, and compare what they read with what the processor reads."""
    names = ("first", "second")
    both = [
        subprocess.Popen([sys.executable, __file__, one], stdout=subprocess.PIPE, text=True) for one in names
    ]
    some = texts("titles", scaled(20_000, 200))
    exact = model("cpu").encode(some[:: max(1, len(some) // 200)])
    times = [json.loads(one.communicate(timeout=left())[0].splitlines()[-1]) for one in both]
    at_once = min(end for _, end in times) - max(start for start, _ in times)
    for name in names:
        path = OUT / f"{name}.npy"
        cosine = least_cosine(np.load(path), exact)
        path.unlink()
        why = f"{ROUNDS} × {len(some):,} texts each, {at_once:.1f} s of it at the same time"
        right = cosine >= 0.9999 and at_once > 0
        say(Row(f"two processes on {DEVICE}", f"{OURS}, {name}", cosine, "least cosine", right, why))


if __name__ == "__main__":
    read(sys.argv[1]) if sys.argv[1:] else main()
