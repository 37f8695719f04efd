"""What a header speaks of, by its words."""
