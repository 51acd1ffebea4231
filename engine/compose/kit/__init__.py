"""Sound for clips: a synthesised drum kit and a few voices, or the user's own samples, written to a WAV file."""
