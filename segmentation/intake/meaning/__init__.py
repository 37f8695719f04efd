"""What a file and each of its columns mean."""
