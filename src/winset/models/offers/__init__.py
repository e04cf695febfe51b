"""Who can wait: alternating offers between two sides or more, over a pie or over any frontier of deals."""
