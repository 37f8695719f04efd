"""Step 3: a language model reads each distinct text once; pooled per customer, grouped in themes."""
