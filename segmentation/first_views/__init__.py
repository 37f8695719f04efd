"""What pages show first: made by whoever finds segments, the app or the command line, and kept."""
