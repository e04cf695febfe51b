"""The workbench's routes, one module a noun; each has `add(app, desk)`."""
