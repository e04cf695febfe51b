"""A case with numbers drawn for its uncertain inputs -> the answers of one method family, all draws at once.

Each module holds one class with the same face: made from an `UncertainCase`, it has the `names` of its outputs and is
called with (draws, inputs) numbers for (draws, outputs) values, nan where a draw has no such value. It answers what
formulating and solving each draw by itself answers; where it cannot, it raises `NotTogether` when made.
"""
