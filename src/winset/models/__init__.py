"""Mathematics on arrays. Knows no case, no document, no file, no clock; random generators are passed in."""
