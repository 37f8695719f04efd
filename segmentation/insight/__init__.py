"""Step 5: what each segment is like, in original units, and what to call it."""
