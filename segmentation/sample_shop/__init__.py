"""A shop that never was, to try everything with: customers of known segments, their orders and words."""

from segmentation.sample_shop.write import write_csvs

__all__ = ["write_csvs"]
