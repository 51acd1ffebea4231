"""Traits of production: what was done to a sound, and by how much. `engine.hear.traits.all` hears them all."""
