"""Measures of what is composed, and the scripts that learn from real music."""
