"""Challenge model within its time: 40 and 80 actors, and 10,000 draws of ten actors."""

import time

import numpy as np

from winset.models.spatial.challenge import challenge
from winset.models.spatial.ktab import ktab

rng = np.random.default_rng(1)
for actors, promised in ((40, 0.05), (80, 0.5)):
    x, c, s = rng.uniform(0, 100, actors), rng.uniform(0, 1, actors), rng.uniform(0.1, 1, actors)
    spent = []
    for _ in range(5):
        start = time.process_time()
        challenge(x, c, s, rounds=10)
        spent.append(time.process_time() - start)
    print(f"{actors} actors, 10 rounds: {min(spent):.3f} s CPU (promised {promised})")
x, c, s = rng.uniform(4, 10, (10_000, 10)), rng.uniform(0.03, 0.16, (10_000, 10)), rng.uniform(0.1, 1, (10_000, 10))
spent = []
for _ in range(3):
    start = time.process_time()
    for at in range(0, 10_000, 200):
        part = slice(at, at + 200)
        challenge(x[part], c[part], s[part], rounds=3)
    spent.append(time.process_time() - start)
print(f"10,000 draws of ten actors, 3 rounds: {min(spent):.2f} s CPU (promised 0.7)")
for actors, promised in ((40, 2), (80, 20)):
    position, share = rng.uniform(0, 1, (actors, 3)), rng.dirichlet(np.ones(4), actors)[:, :3]
    spent = []
    for _ in range(2):
        start = time.process_time()
        path = ktab(position, rng.uniform(1, 100, actors), share)
        spent.append(time.process_time() - start)
    print(f"KTAB, {actors} actors, 3 dimensions, to the end: {min(spent):.2f} s CPU (promised {promised})")
