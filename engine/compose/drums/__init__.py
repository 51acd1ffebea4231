"""Drums: what each genre's drummer or drum machine plays, bar by bar.

The vocabulary lies in ``presets/drums`` (cells, core rules, chances, loudness, fills). A take
chooses from it once (``plan``); every bar is then a pure function of that plan and its own number
(``bar``), with fills, rolls and build-ups on top. Only the last step, ``perform``, leaves the grid.
"""
