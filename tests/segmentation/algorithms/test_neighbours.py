import numpy as np

from segmentation.algorithms.neighbours import nearest, neighbour_means, unit_rows

PAIRS = np.array([[1, 0], [0.8, 0.6], [0, 1], [-0.6, 0.8]], dtype=np.float32)


def test_each_row_is_its_own_nearest_then_its_neighbour() -> None:
    assert nearest(PAIRS, PAIRS, 2).tolist() == [[0, 1], [1, 0], [2, 3], [3, 2]]


def test_a_row_becomes_the_unit_length_mean_of_its_neighbours() -> None:
    means = neighbour_means(PAIRS, 2)
    first = np.array([1.8, 0.6]) / np.hypot(1.8, 0.6)
    np.testing.assert_allclose(means[:2], [first, first], rtol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(means, axis=1), 1, rtol=1e-6)


def test_one_neighbour_changes_nothing() -> None:
    np.testing.assert_allclose(neighbour_means(PAIRS, 1), PAIRS, rtol=1e-6)


def test_a_frozen_reference_keeps_old_rows_where_they_were() -> None:
    grown = np.vstack([PAIRS, np.array([[0.9, 0.1]], dtype=np.float32)])
    np.testing.assert_array_equal(neighbour_means(grown, 2, PAIRS)[:4], neighbour_means(PAIRS, 2))


def test_more_neighbours_than_rows_means_all_rows() -> None:
    assert nearest(PAIRS, PAIRS, 10).shape == (4, 4)


def test_a_row_of_zeros_stays() -> None:
    np.testing.assert_array_equal(unit_rows(np.array([[0.0, 0.0], [3.0, 4.0]])), [[0, 0], [0.6, 0.8]])
