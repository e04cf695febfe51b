"""Collective choice on one issue: averages, votes, challenges."""
