"""What to do with the segments: files to hand over."""
