"""How alike two parties are: by their votes, and by where they stand on the issues."""
