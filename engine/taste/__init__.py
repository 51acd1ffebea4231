"""Taste: what the user's stars, keeps and undos say about what to offer next. Numbers in, numbers out; no Live."""
