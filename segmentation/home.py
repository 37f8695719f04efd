"""Where this program keeps what is a person's own."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return the folder for data: TESSERA_HOME, or the user's data directory."""
    if chosen := os.environ.get("TESSERA_HOME"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("tessera", appauthor=False))
