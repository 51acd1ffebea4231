"""Putting the devices where Live finds them, and saying in plain words whether everything is in place."""
