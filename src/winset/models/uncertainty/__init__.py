"""Uncertain inputs, draws of them, what they do to an answer, and which of them matter."""
