"""Does it look right: what a person compares with their own shop, and what rings an alarm by itself."""
