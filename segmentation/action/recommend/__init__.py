"""What to offer to each customer and segment next, and whether that beats simpler ways."""
