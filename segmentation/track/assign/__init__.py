"""Customers assigned to frozen segments."""

from segmentation.track.assign.as_of import assign_as_of, describe_as_of
from segmentation.track.assign.assigned import Assigned, assign

__all__ = ["Assigned", "assign", "assign_as_of", "describe_as_of"]
