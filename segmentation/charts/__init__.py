"""Plotly figures of frames; nothing here knows a workspace."""
