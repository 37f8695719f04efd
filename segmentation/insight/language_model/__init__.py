"""A language model of a person's choice: what it may be sent, and what of its answer is let in."""
