"""Step 3: a language model reads each distinct text once; texts are pooled per customer and grouped in themes."""
