"""Takes, rewards, profiles and what was learnt from them, in a file that outlives any crash.

``Book`` is the way in. What it acknowledged is handed to the operating system, so a kill -9 takes nothing back; a loss
of power may take the last moments, and never breaks the file (write-ahead log, synchronous NORMAL). One process writes
at a time. Where the file cannot be used, ``StoreUnavailable`` says why, and whoever composes goes on without it.

    tables       what lies in the file, and how an older one becomes a newer one
    records      takes, rewards, profiles as the rest of the house knows them
    book         opening, the one writer, tidying up aside
    takes        each generated result; where it came from; those nobody rated make room one day
    rewards      every reward once; what they come to for each take
    profiles     several tastes, and which is in use
    songs        in which clips a song lies, so that it is found by some of them
    choices      one of several takes stays
    corrections  what was set right of what was heard, the last word about each content
    macro_maps   what the knobs mean, at hand at once
    history      snapshots, and the way back to one
    models       what was learnt, as text of a version
    learnt       the same, brought up to the last reward
    exchange     a profile as a file, and two profiles as one
"""
