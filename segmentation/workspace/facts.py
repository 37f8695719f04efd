"""Frozen facts as the workspace keeps them: JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from cattrs.preconf.json import JsonConverter, make_converter


@cache
def converter() -> JsonConverter:
    """Return what turns frozen facts, arrays and tables among them, into JSON and back.

    It learns each class once.
    """
    made = make_converter()
    made.register_unstructure_hook(np.ndarray, _of_array)
    made.register_structure_hook(np.ndarray, _array)
    made.register_unstructure_hook(
        pd.DataFrame, lambda table: {name: _of_array(table[name].to_numpy()) for name in table}
    )
    made.register_structure_hook(pd.DataFrame, _table)
    return made


def _of_array(array: np.ndarray) -> list[Any]:
    plain = array.view(np.int64) if array.dtype.kind == "M" else array
    return [str(array.dtype), array.shape, plain.ravel().tolist()]


def _array(stored: list[Any], _: type) -> np.ndarray:
    dtype, shape, values = stored
    return np.array(values, dtype=dtype).reshape(shape)


def _table(stored: Mapping[str, list[Any]], _: type) -> pd.DataFrame:
    return pd.DataFrame({name: _array(column, np.ndarray) for name, column in stored.items()})
