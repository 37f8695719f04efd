"""Tests of the optional parts run where these are installed: `make extras`."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = (
    [] if find_spec("ray") and find_spec("dlt") and find_spec("authlib") else ["test_*.py", "*/test_*.py"]
)
