"""Whether a sample is other than the one before, each way with its size and its chance."""
