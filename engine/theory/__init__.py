"""Keys, scales, chords and progressions, served from tables that music21 built."""
