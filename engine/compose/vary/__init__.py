"""Making something of a clip that is there: variations, transformations, a part rewritten, a clip continued.

Notes in, notes out; what is given is never touched. ``vary`` goes as far from the clip as is asked for and measures
how far that was (``measure``); ``transform`` does one well-known thing to it; ``inpaint`` rewrites a range so that it
joins its neighbours; ``carry_on`` goes on in the clip's own style.
"""
