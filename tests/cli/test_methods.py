"""`winset methods` lists every card."""

import json

from click.testing import CliRunner

from winset.cli.main import winset
from winset.methods import METHODS


def test_every_card_is_listed_with_its_sources() -> None:
    ran = CliRunner().invoke(winset, ["methods", "--json"], catch_exceptions=False)
    found = {m["name"]: m for m in json.loads(ran.stdout)}
    assert list(found) == [card.name for card in METHODS]
    assert {"spatial", "coalitions"} <= set(found)
    assert all(m["version"] and m["question"].endswith("?") and m["sources"] and m["page"] for m in found.values())


def test_the_plain_list_asks_every_question() -> None:
    ran = CliRunner().invoke(winset, ["methods"], catch_exceptions=False)
    assert all(card.question in ran.stdout for card in METHODS)
