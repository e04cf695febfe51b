"""One use case a function: the only place where store, clock, seed and rules meet."""
