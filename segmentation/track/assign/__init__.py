"""Customers assigned to frozen segments."""

from segmentation.track.assign.as_of import assign_as_of, describe_as_of
from segmentation.track.assign.assigned import Assigned, assign
from segmentation.track.assign.everybody import Everybody, assign_everybody, keep_assigned

__all__ = [
    "Assigned",
    "Everybody",
    "assign",
    "assign_as_of",
    "assign_everybody",
    "describe_as_of",
    "keep_assigned",
]
