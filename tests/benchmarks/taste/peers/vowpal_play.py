"""Vowpal Wabbit plays: cb_explore_adf with every pair of moment and recipe. Runs in the peers' interpreter.

Reads worlds (JSON, one a line) from standard input, writes the chosen recipes of each (JSON, one a line).
"""

import json
import sys

import numpy as np
import vowpalwabbit

WORDS = {"softmax": "--softmax --lambda 10"}


def lines(moment, suits, shelf, label):
    rows = ["shared |X " + " ".join(f"m{i}:{x:.5g}" for i, x in enumerate(moment) if x)]
    for arm, recipe in enumerate(shelf):
        told = f"{arm}:{label[1]:.5g}:{label[2]:.6g} " if label and label[0] == arm else ""
        own = " ".join(f"p{i}:{x:.5g}" for i, x in enumerate(recipe))
        rows.append(f"{told}|A suits:{suits[arm]} r{arm} {own}")
    return rows


def play(world, seed):
    bandit = vowpalwabbit.Workspace(f"--cb_explore_adf {WORDS[sys.argv[1]]} -q XA --quiet --random_seed {seed + 1}")
    dice = np.random.default_rng(seed)
    shelf, genres = world["shelf"], np.array(world["genres"])
    chosen, seen = [], []
    for now, moment in enumerate(world["moments"]):
        suits = (genres == world["moment_genres"][now]) * 1
        chance = np.array(bandit.predict(lines(moment, suits, shelf, None)))
        arm = int(dice.choice(len(chance), p=chance / chance.sum()))
        chosen.append(arm)
        seen.append((suits, chance[arm]))
        then = now - world["delay"]
        if then >= 0 and world["heard"][then]:
            arm, (suits, share) = chosen[then], seen[then]
            cost = (5 - world["ratings"][then][arm]) / 4
            bandit.learn(lines(world["moments"][then], suits, shelf, (arm, cost, share)))
    bandit.finish()
    return chosen


for number, line in enumerate(sys.stdin):
    print(json.dumps(play(json.loads(line), number)), flush=True)
