"""Which processor the language model runs on: CUDA, then Apple MPS, then CPU; an explicit choice wins."""

from __future__ import annotations

from enum import StrEnum

from segmentation.errors import DeviceError


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
    """List what torch finds on this machine, the fastest first."""
    import torch

    found = [Device.CUDA] if torch.cuda.is_available() else []
    found += [Device.MPS] if torch.backends.mps.is_available() else []
    return [*found, Device.CPU]
