"""Bass lines: a walking model learnt from players, and patterns of twelve other styles, both led by the harmony."""
