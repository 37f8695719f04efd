"""Bytes become raw tables of text: archives, encodings, dialects, workbooks, JSON, Parquet."""
