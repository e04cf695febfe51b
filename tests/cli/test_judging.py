"""A pointer becomes a judgement: with its words as grounds and a person's own number, in one operation, used by the method that takes it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from tests.cli.running import case_of, run
from tests.web.conftest import OURS, opened

from winset.domain.reviews import judgement_target
from winset.errors import UsageError
from winset.services import judging, reviews
from winset.services import pointers as service
from winset.services.sources import load_case

ARTICLE = (
    "Arden and Belmar held talks on a ceasefire on Monday. Corvia's president welcomed Corvia's envoy. Belmar's envoy, Ilan Dorvath, demanded "
    "an immediate ceasefire and the release of all prisoners of war.\n\nArden cannot wait until the summer for a deal, its finance minister said. Any treaty must be ratified by "
    "Arden's parliament. Corvia supplies Belmar with missiles, Arden's envoy said. Belmar is stalling, Arden's envoy said."
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return case_of(tmp_path, ARTICLE)


def pointer(case: Path, kind: str) -> dict[str, Any]:
    """The first of a kind; of haste that of Arden, who cannot wait (who demands something at once is in haste, too)."""
    found: list[dict[str, Any]] = service.pointers(case, kind=kind)["pointers"]
    return next(one for one in found if kind != "haste" or one["party"] == "arden")


def test_haste_with_a_number_is_a_judgement_on_its_words(case: Path) -> None:
    one = pointer(case, "haste")
    done = run("review", str(case), one["target"], "--judge", "haste=0.2..0.4", "--json")
    assert done.exit_code == 0
    (made,) = load_case(case).judgements
    assert (made.quantity, made.party, made.value.ends) == ("haste", "arden", (0.2, 0.4))
    assert [[[span.start, span.end] for span in g.spans] for g in made.grounds] == [g["spans"] for g in one["grounds"]]
    now = pointer(case, "haste")
    assert not now["suggested"]
    assert now["judged"] == [f"haste 0.2 to 0.4 by {made.by}"]
    assert "judged haste=0.2..0.4" in run("history", str(case)).stdout
    run("undo", str(case))
    assert load_case(case).judgements == ()
    assert pointer(case, "haste") == one


def test_judging_the_same_pointer_again_takes_the_place_of_the_first_number(case: Path) -> None:
    target = pointer(case, "haste")["target"]
    run("review", str(case), target, "--judge", "haste=0.3")
    first = load_case(case)
    reviews.decide(case, judgement_target(first.judgements[0]), "reject")
    done = run("review", str(case), target, "--judge", "haste=0.6")
    assert "in place of 1 judged from it before" in done.stdout
    (made,) = load_case(case).judgements
    assert made.value.best == 0.6
    assert judging.judge(case, target, "discount=0.9")["instead"] == []
    assert [one.quantity for one in load_case(case).judgements] == ["haste", "discount"]
    assert [one.target for one in load_case(case).reviews] == [target], "a verdict on the first number goes with it"
    for _ in range(3):
        run("undo", str(case))
    assert load_case(case) == first


def test_a_relation_and_a_ratifier_judged_again_stand_once(case: Path) -> None:
    backing = pointer(case, "backing")["target"]
    for number in ("0.7", "0.2"):
        run("review", str(case), backing, "--judge", f"relation={number}")
    (made,) = load_case(case).relations
    assert made.strength == 0.2
    consent = pointer(case, "consent")["target"]
    for name, at in (("P", "50"), ("P", "60"), ("Q", "10")):
        judging.judge(case, consent, "ratifier", {"name": name, "position.ceasefire-and-monitoring": at})
    assert [(one.name, one.position[0][1].best) for one in load_case(case).ratifiers] == [("P", 60), ("Q", 10)]


def test_backing_is_a_relation_that_the_method_reads(case: Path) -> None:
    assert run("review", str(case), pointer(case, "backing")["target"], "--judge", "relation=0.7").exit_code == 0
    held = load_case(case)
    (made,) = held.relations
    assert (made.kind, made.of, made.to, made.strength) == ("arms", "corvia", "belmar", 0.7)
    assert made.grounds
    assert {party.id for party in held.parties} == {"corvia", "belmar"}
    text = run("export", str(case), "--format", "json", "-o", str(case.parent / "out.json"))
    assert text.exit_code == 0
    plain = json.loads((case.parent / "out.json").read_text(encoding="utf-8"))
    jsonschema.validate(plain, json.loads(run("schema", "winset-case").stdout))
    assert load_case(case.parent / "out.json").relations == held.relations


def test_a_ratifier_stands_where_a_person_puts_it_and_narrows_nothing(case: Path) -> None:
    before = json.loads(run("positions", str(case), "--json").stdout)["rows"]
    done = run(
        "review", str(case), pointer(case, "consent")["target"], "--judge", "ratifier", "--with", "name=Arden's parliament",
        "--with", "chamber=parliament", "--with", "position.ceasefire-and-monitoring=50",
    )  # fmt: skip
    assert done.exit_code == 0
    (made,) = load_case(case).ratifiers
    assert (made.name, made.party, made.position[0][0]) == ("Arden's parliament", "arden", "ceasefire-and-monitoring")
    assert json.loads(run("positions", str(case), "--json").stdout)["rows"] == before
    assert "Arden's parliament" in run("solve", "ratification", str(case)).stdout


@pytest.mark.parametrize(
    ("kind", "what", "more"),
    [
        ("haste", "haste", {}),
        ("haste", "haste=soon", {}),
        ("haste", "relation=1", {}),
        ("haste", "discount=1.4", {}),
        ("backing", "relation=7", {}),
        ("consent", "ratifier", {}),
        ("consent", "ratifier", {"name": "P"}),
        ("consent", "ratifier", {"name": "P", "position.nope": "5"}),
        ("consent", "ratifier", {"name": "P", "position.ceasefire-and-monitoring": "500"}),
        ("consent", "ratifier", {"name": "P", "colour": "5"}),
        ("tactic", "trust=0.1", {}),
    ],
)
def test_what_does_not_follow_or_lacks_a_number_is_refused_and_nothing_is_written(
    case: Path, kind: str, what: str, more: dict[str, str]
) -> None:
    before = load_case(case)
    with pytest.raises(UsageError):
        judging.judge(case, pointer(case, kind)["target"], what, more)
    assert load_case(case) == before


def test_the_page_judges_too(case: Path) -> None:
    client = opened(case)
    one = pointer(case, "haste")
    sent = f"target={quote(one['target'], safe='')}&version=0&what=haste&number=0.4"
    assert "Judge from it" in client.get("/consent").text
    assert client.post("/suggestions/judge", content=sent, headers=OURS).headers["location"] == "/consent"
    assert "haste 0.4 by" in client.get("/consent").text
    assert client.post("/suggestions/judge", content=sent, headers=OURS).status_code == 409, "somebody was faster"
