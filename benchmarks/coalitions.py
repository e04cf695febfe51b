"""Power indices and shares within their time."""

import random
import resource
import time
from fractions import Fraction

import numpy as np

from winset.models.coalitions import counting
from winset.models.coalitions.generating import shapley_and_swings
from winset.models.coalitions.power import power
from winset.models.coalitions.rules import Quota, VotingRule, weighted
from winset.models.coalitions.shares import Game, core, nucleolus

random.seed(1)
weights = tuple(random.randint(1, 1000) for _ in range(100))
start = time.process_time()
values, _ = shapley_and_swings(weights, sum(weights) // 2 + 1)
assert sum(values) == 1
print(f"100 players, weights to 1,000: {time.process_time() - start:.2f} s CPU (promised 10)")

# populations in millions after Eurostat 2024, rounded; 15 of 27 states with 65 % of all, or all but three states
millions = (83.4, 68.4, 59.0, 48.6, 36.6, 19.1, 17.9, 11.8, 10.9, 10.6, 10.6, 10.4, 9.6, 9.2, 6.4, 6.0, 5.6, 5.4, 5.3,
            3.9, 2.9, 2.1, 1.9, 1.4, 1.0, 0.7, 0.6)  # fmt: skip
people, states = tuple(Fraction(str(m)) for m in millions), (Fraction(1),) * 27
council = VotingRule(
    players=tuple(map(str, range(27))),
    ways=(
        (Quota(states, Fraction(15)), Quota(people, sum(people) * Fraction(65, 100))),
        (Quota(states, Fraction(24)),),
    ),
)
start = time.process_time()
counting.swings(council)
print(f"EU-27 Council, Shapley-Shubik and Banzhaf exact: {time.process_time() - start:.2f} s CPU (promised 2)")
start = time.process_time()
found = power(council, rng=np.random.default_rng(0))
assert all(index.exact for index in found.indices.values())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(f"EU-27 Council, every index exact: {time.process_time() - start:.2f} s CPU (promised 60), "
      f"peak {peak:.2f} GB (promised 2)")  # fmt: skip

start = time.process_time()
found = power(weighted(tuple(map(Fraction, weights)), Fraction(sum(weights) // 2 + 1)), rng=np.random.default_rng(0))
print(f"100 players, weights to 1,000, every index (Johnston sampled): {time.process_time() - start:.2f} s CPU")

wide = tuple(Fraction(round(1000 * 80 * 0.88**i)) for i in range(40))
start = time.process_time()
found = power(
    VotingRule(players=tuple(map(str, range(40))),
               ways=((Quota((Fraction(1),) * 40, Fraction(22)), Quota(wide, sum(wide) * Fraction(65, 100))),
                     (Quota((Fraction(1),) * 40, Fraction(37)),))),
    rng=np.random.default_rng(0),
)  # fmt: skip
assert found.indices["holler"].exact
print(
    f"Council of 40, all but Johnston exact: {time.process_time() - start:.2f} s CPU, {found.minimal} minimal coalitions"
)

many = tuple(Fraction(random.randint(1, 100)) for _ in range(500))
start = time.process_time()
found = power(weighted(many, sum(many, Fraction(0)) / 2 + Fraction(1, 2)), rng=np.random.default_rng(0))
print(f"500 players, weights to 100: {time.process_time() - start:.2f} s CPU, error at most "
      f"{found.indices['shapley_shubik'].error:.1e} (promised 10)")  # fmt: skip

worth = [Fraction(random.randint(0, 3 * k.bit_count() ** 2)) for k in range(1 << 12)]
worth[0], worth[-1] = Fraction(0), Fraction(432)
game = Game(players=tuple(map(str, range(12))), worth=tuple(worth))
start = time.process_time()
core(game)
nucleolus(game)
print(f"12 players, core and nucleolus in fractions: {time.process_time() - start:.2f} s CPU")
