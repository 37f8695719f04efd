"""Which processor the language model runs on: CUDA, then Apple MPS, then CPU; an explicit choice wins."""

from __future__ import annotations

import ctypes
import platform
import re
import sys
from enum import StrEnum
from pathlib import Path

from segmentation.errors import DeviceError

_NO_MEMORY = re.compile(r"out\Wof\Wmemory|CUBLAS_STATUS_ALLOC_FAILED")


class Device(StrEnum):
    """A processor that torch can use."""

    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


def choose_device(wanted: Device | str | None = None) -> Device:
    """Return the wanted device, or the fastest one that is here.

    :raises DeviceError: if the wanted device is unknown or this machine does not have it.
    """
    here = available_devices()
    if wanted is None or wanted == "auto":
        return here[0]
    if wanted not in set(Device):
        raise DeviceError(f"“{wanted}” is not a device.", f"Choose one of {', '.join(Device)}.")
    if wanted not in here:
        raise DeviceError(f"“{wanted}” was asked for, and torch finds only {', '.join(here)} here.")
    return Device(wanted)


def available_devices() -> list[Device]:
    """List what torch finds on this machine, the fastest first; without a driver it is not even loaded."""
    if not _may_have_another():
        return [Device.CPU]
    import torch

    found = [Device.CUDA] if torch.cuda.is_available() else []
    found += [Device.MPS] if torch.backends.mps.is_available() else []
    return [*found, Device.CPU]


def _may_have_another() -> bool:
    """Whether there may be more than a CPU: elsewhere than on Linux torch alone can tell."""
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL("libcuda.so.1")  # NVIDIA's driver
    except OSError:
        return Path("/dev/kfd").exists()  # AMD's
    return True


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether a device had too little free memory; torch, cuBLAS and Apple's say so in ways of their own."""
    import torch

    return isinstance(error, torch.OutOfMemoryError) or bool(_NO_MEMORY.search(str(error)))


def free_cached_memory(device: Device) -> None:
    """Give back what torch holds of a device's memory without using it."""
    import torch

    if device == Device.CUDA:
        torch.cuda.empty_cache()
    elif device == Device.MPS:
        torch.mps.empty_cache()


def processor_name(device: Device) -> str:
    """Name the processor so that one of another speed has another name."""
    import torch

    if device == Device.CUDA:
        return torch.cuda.get_device_name()
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor() or platform.machine()
    return f"{name} ({torch.backends.cpu.get_cpu_capability()}, {torch.get_num_threads()} threads)"
