"""What somebody wants, found out by asking: weights of issues from points, ratings, packages and trade-offs."""
