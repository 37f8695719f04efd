"""In which currency lines count, by which rates, and what their goods cost."""
