"""A case at a date -> the inputs of one model family, with every assumption written down."""
