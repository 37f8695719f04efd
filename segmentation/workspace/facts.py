"""Frozen facts as the workspace keeps them: JSON, and back."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from cattrs.preconf.json import JsonConverter, make_converter


@cache
def converter() -> JsonConverter:
    """Return what turns frozen facts, arrays among them, into JSON and back; it learns each class once."""
    made = make_converter()
    made.register_unstructure_hook(
        np.ndarray, lambda array: [str(array.dtype), array.shape, array.ravel().tolist()]
    )
    made.register_structure_hook(np.ndarray, _array)
    return made


def _array(stored: list[Any], _: type) -> np.ndarray:
    dtype, shape, values = stored
    return np.array(values, dtype=dtype).reshape(shape)
