"""What single values look like and how they are cast: numbers, dates, states, codes."""
