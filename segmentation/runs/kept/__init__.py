"""What is kept of runs beside their summaries: the data they saw, what texts taught, who stands where."""
