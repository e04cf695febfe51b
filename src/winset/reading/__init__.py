"""Bytes in, Document out; opens nothing."""
