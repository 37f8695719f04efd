"""Step 2: one row per customer, all in SQL over the shop's tables."""
