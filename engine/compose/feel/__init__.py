"""Feel: how players depart from the grid, learnt from real performances, and grooves taken from them."""
