"""Four knobs for a whole Set: what Energy, Tension, Darkness and Groove do to the parameters of every generator."""
