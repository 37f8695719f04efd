"""Principal components by the eigenvectors of the covariance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Components:
    """Directions of the largest variance: axes (count, d), mean (d,), the share of variance of each axis."""

    axes: np.ndarray
    mean: np.ndarray
    shares: np.ndarray

    def project(self, points: np.ndarray) -> np.ndarray:
        """Return the coordinates of points along the axes, (m, count)."""
        return (points - self.mean) @ self.axes.T


def principal_components(matrix: np.ndarray, count: int) -> Components:
    """Find the first `count` components (fewer where there are fewer columns).

    Signs are fixed: the largest loading of each axis is positive.
    """
    mean = matrix.mean(axis=0, dtype=np.float64)
    products = np.zeros((matrix.shape[1], matrix.shape[1]))
    for start in range(0, len(matrix), 65_536):
        centred = matrix[start : start + 65_536] - mean
        products += centred.T @ centred
    values, vectors = np.linalg.eigh(products)
    axes = vectors.T[::-1][:count]
    largest = np.abs(axes).argmax(axis=1)
    axes = axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]
    total = values.sum()
    shares = values[::-1][:count] / total if total > 0 else np.zeros(len(axes))
    return Components(axes, mean, np.maximum(shares, 0))
