"""A run frozen: adopted, and ready to take in customers whom it has not seen."""

from segmentation.track.frozen.adopt import Adopted, adopt, adopted_run
from segmentation.track.frozen.frozen import Frozen, frozen_run

__all__ = ["Adopted", "Frozen", "adopt", "adopted_run", "frozen_run"]
