"""A stranger's bytes are opened in a process of their own, with limits of memory and time."""

import sys

CAN_FORK = sys.platform == "linux"
"""Whether one process can open many files, each in a fork; elsewhere every file has a process of its own."""
