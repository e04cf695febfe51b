"""Learning from a few verdicts, on arrays."""
