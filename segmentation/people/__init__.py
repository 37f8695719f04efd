"""Many people on one server: who they are, which workspace is whose, who may do what, and what was done."""

from segmentation.people.registry import Registry
from segmentation.people.role import Right, TeamRole
from segmentation.people.seat import Seat
from segmentation.people.views import seen_by
from segmentation.people.visitor import Visitor

__all__ = ["Registry", "Right", "Seat", "TeamRole", "Visitor", "seen_by"]
