"""A style of the user's own: learnt from their clips, kept as tables one can read, blended into what is composed."""
