"""What this device can do at most: bytes copied on it, bytes brought to it, products of matrices."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from setting import DEVICE, Row, say, scaled, seconds, telling

if TYPE_CHECKING:
    import torch

ROUNDS = 7


def main() -> None:
    """Measure each, on random numbers: zeros are quicker."""
    import torch

    say(Row("machine", name(), why=libraries()))
    values = torch.randn(scaled(1 << 29, 1 << 20), device=DEVICE)
    copies(values)
    del values
    for precision in (torch.float32, torch.float16):
        what = f"product {str(precision).removeprefix('torch.')}"
        with telling(what, "torch"):
            side = 256 if DEVICE == "cpu" else 8_192
            left, right = (torch.randn(side, side, device=DEVICE, dtype=precision) for _ in "ab")
            left @ right
            say(
                Row(
                    what, "torch", 2e-12 * side**3 / seconds(lambda a=left, b=right: a @ b, ROUNDS), "TFLOP/s"
                )
            )


def copies(values: torch.Tensor) -> None:
    """Copy on the device, counting bytes read and written, and to it from main memory."""
    target, gigabytes = values.clone(), values.numel() * 4 / 1e9
    say(Row("copy", "torch", 2 * gigabytes / seconds(lambda: target.copy_(values), ROUNDS), "GB/s"))
    here = values[: max(1, len(values) // 4)].cpu()
    brought = here.numel() * 4 / 1e9
    say(Row("bring", "torch, pageable memory", brought / seconds(lambda: here.to(DEVICE), ROUNDS), "GB/s"))


def name() -> str:
    """Name the processor, and its memory."""
    import torch

    from segmentation.device import Device, processor_name

    memory = (
        f", {torch.cuda.get_device_properties(0).total_memory / 2**30:.0f} GiB" if DEVICE == "cuda" else ""
    )
    return processor_name(Device(DEVICE)) + memory


def libraries() -> str:
    """Name what it runs by."""
    found = [f"Python {platform.python_version()}"]
    for package in ("torch", "transformers", "sentence-transformers", "tokenizers", "numpy", "triton"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"no {package}")
    return ", ".join(found)


if __name__ == "__main__":
    main()
