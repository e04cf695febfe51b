"""Runs the cells of notebook.py and writes them with their output as notebook.ipynb: python docs/tutorial/execute.py"""

import ast
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def cells(text: str) -> list[tuple[str, str]]:
    """(kind, source) of each cell; `# %%` begins one of code, `# %% [markdown]` one of words."""
    found = []
    for part in text.split("# %%")[1:]:
        head, _, body = part.partition("\n")
        if "[markdown]" in head:
            lines = (line.removeprefix("# ").removeprefix("#") for line in body.strip().splitlines())
            found.append(("markdown", "\n".join(lines)))
        else:
            found.append(("code", body.strip()))
    return found


def run(source: str, names: dict[str, Any]) -> Any:
    """The value of the last expression of a cell, None where it ends otherwise."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def notebook() -> dict[str, Any]:
    """The notebook with its output."""
    names: dict[str, Any] = {}
    made, count = [], 0
    for n, (kind, source) in enumerate(cells((HERE / "notebook.py").read_text(encoding="utf-8"))):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{n}", "metadata": {}, "source": source}
        if kind == "code":
            count += 1
            value = run(source, names)
            data = {"text/plain": repr(value)}
            if hasattr(value, "_repr_html_"):
                data["text/html"] = value._repr_html_()
            outputs = [{"output_type": "execute_result", "execution_count": count, "metadata": {}, "data": data}]
            cell |= {"execution_count": count, "outputs": [] if value is None else outputs}
        made.append(cell)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


if __name__ == "__main__":
    text = json.dumps(notebook(), ensure_ascii=False, indent=1) + "\n"
    (HERE / "notebook.ipynb").write_text(text, encoding="utf-8")
