"""What to do with each segment: goal, message, offer, timing and test, by plain rules with their evidence."""
