"""MABWiser plays: a linear model for each recipe. Runs in the peers' interpreter.

Reads worlds (JSON, one a line) from standard input, writes the chosen recipes of each (JSON, one a line).
"""

import json
import sys
import warnings

import numpy as np
from mabwiser.mab import MAB, LearningPolicy

warnings.filterwarnings("ignore")
POLICIES = {"linucb": lambda: LearningPolicy.LinUCB(alpha=0.5), "lints": lambda: LearningPolicy.LinTS(alpha=0.35)}


def play(world, seed):
    moments, ratings = np.array(world["moments"]), np.array(world["ratings"])
    arms = list(range(len(world["shelf"])))
    bandit = MAB(arms, POLICIES[sys.argv[1]](), seed=seed)
    dice = np.random.default_rng(seed)
    chosen, told = [], False
    for now, moment in enumerate(moments):
        chosen.append(int(bandit.predict(moment[None]) if told else dice.integers(len(arms))))
        then = now - world["delay"]
        if then >= 0 and world["heard"][then]:
            arm = chosen[then]
            learn = bandit.partial_fit if told else bandit.fit
            learn([arm], [ratings[then, arm]], moments[then][None])
            told = True
    return chosen


for number, line in enumerate(sys.stdin):
    print(json.dumps(play(json.loads(line), number)), flush=True)
