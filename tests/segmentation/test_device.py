"""What a device says when its memory ends."""

from __future__ import annotations

import pytest
import torch

from segmentation.device import Device, free_cached_memory, is_out_of_memory


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB."),
        torch.cuda.OutOfMemoryError("HIP out of memory."),
        RuntimeError("CUDA error: out of memory"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
        RuntimeError("MPS backend out of memory (MPS allocated: 9.05 GB, max allowed: 9.07 GB)."),
    ],
)
def test_every_way_of_saying_that_memory_ended_is_known(error: RuntimeError) -> None:
    assert is_out_of_memory(error)


@pytest.mark.parametrize(
    "said", ["CUDA error: an illegal memory access was encountered", "shapes differ", ""]
)
def test_other_faults_are_not_taken_for_it(said: str) -> None:
    assert not is_out_of_memory(RuntimeError(said))


def test_giving_back_memory_goes_to_the_device_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("torch.cuda.empty_cache", lambda: asked.append("cuda"))
    monkeypatch.setattr("torch.mps.empty_cache", lambda: asked.append("mps"))
    for device in Device:
        free_cached_memory(device)
    assert asked == ["cuda", "mps"]
