"""Audience files for the platforms: who is in, who stays out and why, and each platform's form."""
