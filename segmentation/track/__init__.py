"""What becomes of segments over time: frozen, filled with new customers, compared, and what campaigns brought."""
