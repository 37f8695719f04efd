"""Who may leave and what they are worth: risk, value, win-back, each tried on the shop's own past."""
