"""Proposals and pointers in the browser: the same as the commands say; decided with one press, and undone."""

import re
from pathlib import Path
from urllib.parse import quote

from tests.web.conftest import OURS, opened

from winset.services import cases, pointers, proposals


def decided(page: str, target: str) -> bool:
    return re.search(r"accepted by", page) is not None and target.split("@")[0] in page


def test_proposals_show_versions_answers_and_words(lorn: Path) -> None:
    client = opened(lorn)
    page = client.get("/positions/proposals").text
    found = proposals.proposals(lorn)
    assert found["proposals"]
    for one in found["proposals"]:
        assert f'id="{one["id"]}"' in page
        for answer in one["acceptances"]:
            assert all(said["text"][:40].split("&")[0].split("'")[0] in page for said in answer["words"])
    assert 'aria-current="page">Proposals' in page


def test_a_proposal_is_accepted_and_the_verdict_undone(lorn: Path) -> None:
    client = opened(lorn)
    target = proposals.proposals(lorn)["proposals"][0]["target"]
    sent = f"target={quote(target, safe='')}&version=0&verdict=accept&back=/positions/proposals"
    done = client.post("/suggestions/review", content=sent, headers=OURS)
    assert (done.status_code, done.headers["location"]) == (303, "/positions/proposals")
    assert decided(client.get("/positions/proposals").text, target)
    assert client.post("/suggestions/review", content=sent, headers=OURS).status_code == 409, "somebody was faster"
    cases.undo(lorn)
    assert not decided(client.get("/positions/proposals").text, target)


def test_only_suggestions_are_reviewed_here_and_only_own_pages_are_gone_back_to(lorn: Path) -> None:
    client = opened(lorn)
    for target in ("statement:a%231", "position:x/y//", "proposal:none"):
        sent = f"target={target}&version=0&verdict=accept&back=https://elsewhere"
        assert client.post("/suggestions/review", content=sent, headers=OURS).status_code == 422
    target = quote(proposals.proposals(lorn)["proposals"][0]["target"], safe="")
    sent = f"target={target}&version=0&verdict=accept&back=https://elsewhere"
    assert client.post("/suggestions/review", content=sent, headers=OURS).headers["location"] == "/positions/proposals"


def test_the_consent_page_lists_pointers_without_computing_with_them(riyadh: Path) -> None:
    client = opened(riyadh)
    page = client.get("/consent").text
    for one in pointers.pointers(riyadh)["pointers"]:
        assert one["target"].replace("&", "&amp;") in page or one["target"].split(":")[1] in page
