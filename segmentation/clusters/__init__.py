"""Step 4: one space from all blocks, KMeans for every k, how many segments, how stable, and a 2-D map."""
