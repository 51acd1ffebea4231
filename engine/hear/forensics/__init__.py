"""What was done to a recording that should not have been: each detector tells what it found, where, and how sure it is.

`engine.hear.forensics.all` puts them together; every other module is one kind of fault. Importing this package imports
nothing heavy.
"""
