"""Which rows do not count, by which rule, and the ledger of them."""
