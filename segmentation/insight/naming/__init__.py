"""What to call a segment, and which names guess who people are."""
