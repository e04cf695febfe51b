"""Power indices within their time: 100 players with weights up to 1,000, exact."""

import random
import time

from winset.models.coalitions.generating import shapley_and_swings

random.seed(1)
weights = tuple(random.randint(1, 1000) for _ in range(100))
start = time.process_time()
values, _ = shapley_and_swings(weights, sum(weights) // 2 + 1)
assert sum(values) == 1
print(f"100 players, weights to 1,000: {time.process_time() - start:.2f} s CPU (promised 10)")
