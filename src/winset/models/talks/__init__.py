"""Simulated talks: two sides with concession tactics exchange offers over a set of outcomes."""
