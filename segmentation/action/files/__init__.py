"""The files of a run: segments, centroids, tiers and what explains them, safe to open in a spreadsheet."""
