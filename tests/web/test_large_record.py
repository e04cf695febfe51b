"""Pages that rest on the whole record: a large one is read aside, once, and the last answer is shown meanwhile."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from winset.errors import UsageError
from winset.services import aside, board, cases, excerpt, reviews
from winset.services.aside import Answer, Asides, Wait
from winset.services.sources import load_case
from winset.store.casefile import CaseFile
from winset.web.app import make_app


@pytest.fixture
def unjudged(lorn: Path) -> Path:
    """The fictional example without its judgements: positions are read off its statements."""
    made = lorn
    with CaseFile.open(made, at=cases.now()) as file:
        case = file.case()
        said = [one for one in case.judgements if one.quantity != "position"]
        file.replace(case.with_(judgements=tuple(said)), at=cases.now(), author="Ann", label="without judgements")
    assert cases.show(made)["counts"]["statements"] > 60
    return made


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any record counts as a large one."""
    monkeypatch.setattr(aside, "LARGE", -1)


def wait_for(ask: Any) -> Any:
    for _ in range(600):
        found = ask()
        if not isinstance(found, Wait) and getattr(found, "status_code", 200) != 202:
            return found
        time.sleep(0.05)
    raise AssertionError("no answer within half a minute")


def test_an_answer_is_kept_until_the_case_changes_and_shown_behind_while_it_is_computed_again(
    unjudged: Path, large: None
) -> None:
    asides = Asides(unjudged)
    first = wait_for(lambda: asides.ask(board.standing))
    assert not first.behind
    began = time.process_time()
    assert asides.ask(board.standing).value is first.value
    assert time.process_time() - began < 0.2
    cases.mark(unjudged, "Monday")
    last = asides.ask(board.standing)
    assert isinstance(last, Answer)
    assert last.behind
    assert last.value is first.value
    assert isinstance(asides.ask(board.standing, fresh=True), Wait | Answer)
    again = wait_for(lambda: asides.ask(board.standing, fresh=True))
    assert not again.behind
    assert again.value is not first.value


def test_an_error_reaches_who_asked_and_a_process_that_dies_is_told(
    unjudged: Path, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asides = Asides(unjudged)
    with pytest.raises(UsageError, match="no party"):
        wait_for(lambda: asides.ask(board.cell, party="nobody", issue="x"))
    monkeypatch.setattr(aside, "PATIENCE", 0.0)
    assert isinstance(asides.ask(board.standing), Wait)
    assert asides._running is not None
    asides._running._process.kill()
    with pytest.raises(aside.ModelError, match="stopped"):
        wait_for(lambda: asides.ask(board.standing))


def test_the_page_says_that_the_record_is_read_and_then_that_the_case_has_changed(
    unjudged: Path, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "PATIENCE", 0.0)
    client = TestClient(make_app(unjudged), base_url="http://127.0.0.1", follow_redirects=False)
    first = client.get("/positions")
    assert first.status_code == 202
    assert "The record is being read" in first.text
    assert first.headers["refresh"] == "2"
    assert client.get("/documents").status_code == 200
    found = wait_for(lambda: client.get("/positions"))
    assert found.status_code == 200
    assert "has changed since" not in found.text
    cases.mark(unjudged, "Monday")
    assert "has changed since" in client.get("/positions").text
    assert client.get("/brief/md").status_code == 202  # a file is never of an earlier state


def test_the_latest_part_of_a_large_record_answers_while_the_whole_is_read(
    unjudged: Path, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excerpt, "READ", 20)
    monkeypatch.setattr(aside, "PATIENCE", 0.0)
    client = TestClient(make_app(unjudged), base_url="http://127.0.0.1", follow_redirects=False)
    asides = Asides(unjudged)
    found, whole = [], None
    while whole is None:
        answer = asides.ask(board.standing)
        if isinstance(answer, Answer) and answer.part is None:
            whole = answer.value
        elif isinstance(answer, Answer):
            found.append(answer)
        time.sleep(0.02)
    for answer in found:  # on a quick machine the whole may be first; the process aside has its own READ
        assert answer.part is not None
        assert 20 <= answer.part.read <= answer.part.of == cases.show(unjudged)["counts"]["statements"]
        assert len(answer.value[1].judgements) <= len(whole[1].judgements)
        assert answer.part.stage
    for _ in range(600):
        page = wait_for(lambda: client.get("/positions")).text
        if "So far from the latest" not in page:
            break
        assert "statements. All of them are being read" in page
        time.sleep(0.05)
    assert "So far from the latest" not in page


def test_an_excerpt_holds_the_latest_documents_with_all_their_statements_and_reviews(
    unjudged: Path, tmp_path: Path
) -> None:
    whole = load_case(unjudged)
    spoken = {one.doc for one in whole.statements}
    last = max((one for one in whole.documents if one.id in spoken), key=lambda one: one.date or date.min)
    mine = next(one for one in whole.statements if one.doc == last.id)
    reviews.decide(unjudged, mine.id, "reject")
    read, part = excerpt.answer(unjudged, folder=tmp_path, function=load_case, asked={})
    assert read == len(part.statements) >= excerpt.READ or len(part.documents) == len(whole.documents)
    with CaseFile.open(unjudged) as file:
        small = excerpt.latest(file, 1)
    assert small.documents[0].id == last.id
    assert all((one.date or date.min) >= (last.date or date.min) for one in small.documents)
    assert {one.id for one in small.statements} == {one.id for one in whole.statements if one.doc == last.id}
    assert [one.target for one in small.reviews] == [f"statement:{mine.id}"]
    assert small.parties == whole.parties


def test_a_small_record_is_read_at_once(unjudged: Path) -> None:
    client = TestClient(make_app(unjudged), base_url="http://127.0.0.1", follow_redirects=False)
    for address in ("/positions", "/positions/moves", "/positions/alignment", "/positions/precedents", "/brief"):
        assert client.get(address).status_code == 200
