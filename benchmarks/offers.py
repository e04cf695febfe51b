"""Offers in turn on a frontier of 100,000 deals over 1,000 periods within 0.1 s."""

import time

import numpy as np

from winset.models.offers.alternating import finite
from winset.models.offers.frontier import Curve, Deals
from winset.models.offers.terms import Terms

rng = np.random.default_rng(1)
angle = np.sort(rng.uniform(0, np.pi / 2, 100_000))
round_, cloud = np.c_[np.cos(angle), np.sin(angle)], rng.random((100_000, 2))
terms = Terms(discount=(0.999, 0.998), outside=(0.1, 0.2))
for name, deals in (("all of them efficient", round_), ("a cloud", cloud)):
    for kind, make in (("single deals", Deals.of), ("the curve through them", Curve.of), ("lotteries", None)):
        spent = []
        for _ in range(5):
            start = time.process_time()
            space = Curve.of(deals, hull=True) if make is None else make(deals)
            finite(terms, 1000, space)
            spent.append(time.process_time() - start)
        print(f"{name}, {kind}: {min(spent):.3f} s CPU with the frontier made anew (promised 0.1)")
