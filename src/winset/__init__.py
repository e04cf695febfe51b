"""winset: from what is reported about a negotiation to a case that can be checked and computed with."""

__version__ = "0.1.0"
