"""Data only: published examples and example cases."""
