"""Parts bar by bar, steered by nine macros while they play: the same bar the same, however it is come to.

Bar n of a part is a pure function of the seed, n, the macros in that bar, its signature and tempo, and the harmony.
What a bar has to know of those before it (where a walking line stands, what a melody has sung) is not taken from what
was played: the bars from the beginning of its phrase are written again as if the macros had stood all the time where
they stand when the bar begins. So nothing has to be told of the past, a jump to any bar gives that bar, and while no
macro moves the bars are one piece. The price: where a macro moves, a bar goes on from a phrase that was never quite
played so. And a phrase does not hang on what was made of the one before it: a bass comes from where that would
have left it with no macro touched, a melody goes back to its theme, the first four bars with no macro touched.
"""
