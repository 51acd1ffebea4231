"""Hearing: what a piece of audio or a MIDI clip is, how sure we are of it, and how fast we knew.

Importing this package imports nothing heavy. `engine.hear.analysis` puts everything together; every other
module is one thing heard. They load numba and scipy, so only worker processes, tests and benchmarks import them.
"""
