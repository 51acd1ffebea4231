"""What the wire does with taste. Nothing heavy is imported before the first question.

takes.py       what each request's answer is kept as, before it is sent; the store and the pupil of this engine
considered.py  a press of Generate: draw, rank, answer with the best
ahead.py       takes that are drawn aside, before anybody asks for them
recipes.py     the user's own recipes, for those who compose
steering.py    what the macros mean, as the user's ratings say
variations.py  in which order variations are offered
habits.py      what is set right in Listen again and again
"""
