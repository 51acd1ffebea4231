"""Melodies: motif, phrase and counter-melody, learnt from songs and bent by style."""
