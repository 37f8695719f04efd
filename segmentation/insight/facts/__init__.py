"""What is so of each segment, as frozen values; no sentence is made here."""
