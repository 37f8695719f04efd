"""The whole job: from the files of a workspace to segments for every k."""

from segmentation.pipeline.job import find_segments

__all__ = ["find_segments"]
