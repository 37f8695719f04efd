"""Files in the workspace: loaded, described, corrected, deleted."""
