"""What becomes of segments over time: frozen, new customers assigned, compared, what campaigns brought."""
