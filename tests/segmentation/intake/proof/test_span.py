"""From when to when the files tell."""

from __future__ import annotations
