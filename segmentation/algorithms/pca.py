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
    """Find the first `count` components (fewer where there are fewer columns)."""
    mean = matrix.mean(axis=0, dtype=np.float64)
    products = np.zeros((matrix.shape[1], matrix.shape[1]))
    for start in range(0, len(matrix), 65_536):
        centred = matrix[start : start + 65_536] - mean
        products += centred.T @ centred
    values, axes = leading_axes(products, count)
    total = values.sum()
    shares = values[:count] / total if total > 0 else np.zeros(axes.shape[1])
    return Components(np.ascontiguousarray(axes.T), mean, np.maximum(shares, 0))


def leading_axes(covariance: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return all eigenvalues, the largest first, and the eigenvectors (d, count) of the largest ones.

    Signs are fixed: the largest entry of each vector is positive.
    """
    values, vectors = np.linalg.eigh(np.asarray(covariance, dtype=np.float64))
    axes = vectors[:, ::-1][:, :count]
    largest = np.abs(axes).argmax(axis=0)
    return values[::-1], axes * np.sign(axes[largest, np.arange(axes.shape[1])])
