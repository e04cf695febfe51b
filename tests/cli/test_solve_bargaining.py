"""`winset solve bargaining` prints what its schema and the contract promise."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset


def run(*words: str) -> Result:
    return CliRunner().invoke(winset, list(words), catch_exceptions=False)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("schema", "solve-bargaining").stdout)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = json.loads(run("demo", "--into", str(tmp_path_factory.mktemp("demo")), "--json").stdout)
    return Path(made["case"])


def test_the_packaged_case_fits_the_schema(example: Path, schema: dict[str, Any]) -> None:
    done = run("solve", "bargaining", str(example), "--json")
    assert done.exit_code == 0
    value = json.loads(done.stdout)
    jsonschema.validate(value, schema)
    assert value["certificate"]["holds"]
    vectors = value["frontier"]["utilities"]
    assert [v[0] for v in vectors] == sorted((v[0] for v in vectors), reverse=True)
    assert len(vectors) == value["frontier"]["size"] > 1
    for solution in value["solutions"].values():
        assert solution["tied"][0] == solution["outcome"]
        assert all(u >= r for u, r in zip(solution["utilities"], value["reservation"], strict=True))


def test_an_answer_without_a_frontier_does_not_fit(example: Path, schema: dict[str, Any]) -> None:
    value = json.loads(run("solve", "bargaining", str(example), "--json").stdout)
    del value["frontier"]
    with pytest.raises(jsonschema.ValidationError, match="frontier"):
        jsonschema.validate(value, schema)
