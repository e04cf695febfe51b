"""The graph model for conflict resolution."""
