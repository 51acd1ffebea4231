"""Arpeggios: chords one note at a time, from a progression or from the notes that are held."""
