"""Simulated talks: 1,000 outcomes, 100 rounds, two Boulware sides, all drawn anew: 5,000 sessions a second."""

import time

import numpy as np

from winset.models.talks.sessions import simulate, step_by_step

SESSIONS, OUTCOMES, ROUNDS = 2000, 1000, 100
rng = np.random.default_rng(1)
spent = []
for _ in range(5):
    began = time.process_time()
    u, beta = rng.random((SESSIONS, 2, OUTCOMES)), rng.uniform(0.1, 0.9, (SESSIONS, 2))
    found = simulate(u, np.zeros(2), beta, rounds=ROUNDS)
    spent.append(time.process_time() - began)
same = 0
for i in range(200):
    outcome, at = step_by_step(u[i], [0, 0], beta[i], rounds=ROUNDS)[:2]
    same += (outcome, at) == (found.outcome[i], found.round[i])
print(f"{SESSIONS / min(spent):,.0f} sessions a second of CPU (promised 5,000), drawing included; {same} of 200 equal")
