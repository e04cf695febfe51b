"""`winset solve talks` from a table of utilities."""

import json
from pathlib import Path

from click.testing import CliRunner

from winset.cli.solve.talks import talks


def test_two_linear_sides_meet_in_the_middle_and_leave_a_trace(tmp_path: Path) -> None:
    source, trace = tmp_path / "pie.json", tmp_path / "trace.jsonl"
    source.write_text(json.dumps({"utilities": [[x / 100, 1 - x / 100] for x in range(101)]}))
    told = ["--tactics", "linear,linear", "--rounds", "101", "--runs", "3", "--trace", str(trace), "--json"]
    done = CliRunner().invoke(talks, [str(source), *told])
    assert done.exit_code == 0, done.output
    value = json.loads(done.output)
    assert value["agreed"] == 1.0
    assert [one["mean"] for one in value["utilities"]] == [0.5, 0.5]
    assert [json.loads(line)["outcome"] for line in trace.read_text().splitlines()] == [50, 50, 50]
