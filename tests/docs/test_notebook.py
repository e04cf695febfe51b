"""The tutorial notebook holds the cells of its source, and they run."""

import importlib.util
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "tutorial"


def test_the_notebook_is_its_source_executed() -> None:
    spec = importlib.util.spec_from_file_location("execute", FOLDER / "execute.py")
    assert spec is not None
    assert spec.loader is not None
    execute = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(execute)
    kept = json.loads((FOLDER / "notebook.ipynb").read_text(encoding="utf-8"))
    source = execute.cells((FOLDER / "notebook.py").read_text(encoding="utf-8"))
    assert [(cell["cell_type"], cell["source"]) for cell in kept["cells"]] == source
    assert all(cell["outputs"] for cell in kept["cells"] if cell["cell_type"] == "code")
    pytest.importorskip("pandas", reason="pandas is not installed (group `frames`)")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (group `frames`)")
    made = execute.notebook()
    assert made["cells"][-1]["outputs"][0]["data"] == kept["cells"][-1]["outputs"][0]["data"]
