"""Every record as plain JSON values and back: the words of `winset-case/1`, `winset read` and the case file alike.

One module a noun. `x_to(x)` never fails; `x_from(fields)` raises CaseError that names place, value and way out.
"""
