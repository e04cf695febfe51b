"""Who stands where, in the browser: the matrix of a day, moves, alignment, precedents; judgements written and reviewed."""

import base64
import csv
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.web.conftest import OURS, opened

from winset.cli.main import winset
from winset.domain.case import Case
from winset.reading.xml import parse_xml
from winset.services import board, brief, cases, ledger, positions, reviews
from winset.services.sources import load_case
from winset.store.casefile import CaseFile


def matrix_cells(html: str) -> list[str]:
    return re.findall(r"<td.*?</td>", html.split('aria-label="Positions"')[2].split("</table>")[0], re.S)


def test_the_matrix_shows_every_position_of_the_day_and_marks_what_changed(riyadh: Path) -> None:
    client = opened(riyadh)
    rows = positions.positions(riyadh)["rows"]
    found = board.board(*board.standing(riyadh))
    cells = matrix_cells(client.get("/positions").text)
    assert len(cells) == len(found.parties) * len(found.issues)
    assert sum("not known" not in cell for cell in cells) == len({(r["party"], r["issue"]) for r in rows})
    assert not any('class="changed"' in cell for cell in cells)
    changed = matrix_cells(client.get("/positions?since=2025-02-11").text)
    moved = {(m["party"], m["issue"]) for m in ledger.ledger(riyadh)["moves"] if m["date"] > "2025-02-11"}
    assert moved
    assert moved <= board.board(*board.standing(riyadh), since=found.days[0]).changed | moved
    assert sum('class="changed"' in cell for cell in changed) >= len(moved)


def test_an_earlier_day_shows_earlier_positions(riyadh: Path) -> None:
    client = opened(riyadh)
    assert client.get("/positions?at=2025-02-11").text != client.get("/positions?at=2025-02-20").text
    assert "No position is known" in client.get("/positions?at=1900-01-01").text
    assert client.get("/positions?at=soon").status_code == 404


def test_grounds_lead_to_the_exact_words(lorn: Path) -> None:
    client = opened(lorn)
    link = re.search(r'href="(/documents/[^"]*\?at=\d+-\d+)#place"', client.get("/positions").text)
    assert link
    page = client.get(link.group(1)).text
    assert 'id="place"' in page
    assert '<mark class="ground">' in page or "ground" in re.findall(r'<mark class="([^"]*)"', page)[0]
    assert client.get(link.group(1).split("?")[0] + "?at=5-99999999").status_code == 404


def test_a_judgement_is_written_rejected_and_comes_back(riyadh: Path) -> None:
    client = opened(riyadh)
    before = positions.positions(riyadh)
    sent = "quantity=position&party=russia&issue=nato&low=10&likely=20&high=40&as_of=2025-02-19&note=heard"
    assert client.post("/judgements", content=sent, headers=OURS).status_code == 303
    page = client.get("/positions/on?party=russia&issue=nato").text
    assert "heard" in page
    assert positions.positions(riyadh) != before
    target = next(
        one.target for one in board.cell(riyadh, "russia", "nato").judgements if one.judgement.note == "heard"
    )
    done = client.post(
        "/judgements/review",
        content=f"target={target}&verdict=reject&version=0&party=russia&issue=nato",
        headers=OURS,
    )
    assert done.status_code == 303
    assert positions.positions(riyadh) == before
    assert "rejected by" in client.get("/positions/on?party=russia&issue=nato").text


@pytest.mark.parametrize(
    "sent",
    [
        "party=russia&issue=nato&low=abc",
        "party=russia&issue=nato",
        "party=russia&issue=nato&low=5000",
        "party=russia&issue=nato&low=9&high=2",
        "party=nobody&issue=nato&low=5",
        "quantity=mood&party=russia&issue=nato&low=5",
        "party=russia&issue=nato&low=inf",
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused_in_words(riyadh: Path, sent: str) -> None:
    client, before = opened(riyadh), riyadh.read_bytes()
    answer = client.post("/judgements", content=sent, headers=OURS)
    assert answer.status_code == 422
    assert "Traceback" not in answer.text
    assert riyadh.read_bytes() == before


def test_moves_alignment_and_precedents_agree_with_the_commands(riyadh: Path) -> None:
    client = opened(riyadh)
    moves = client.get("/positions/moves").text
    assert all(f'id="{one["id"]}"' in moves for one in ledger.ledger(riyadh)["moves"])
    assert "Ukraine" in client.get("/positions/alignment").text
    text = client.get("/positions/precedents").text
    assert all(one["name"] in text for one in positions.precedents(riyadh))


def test_an_undo_point_is_named_and_gone_back_to(riyadh: Path) -> None:
    client = opened(riyadh)
    before = positions.positions(riyadh)
    client.post("/marks", content="name=before+talks", headers=OURS)
    client.post("/judgements", content="party=russia&issue=nato&low=10&as_of=2025-02-19", headers=OURS)
    assert positions.positions(riyadh) != before
    client.post("/marks/back", content="name=before+talks", headers=OURS)
    assert positions.positions(riyadh) == before


def test_positions_that_the_record_suggests_are_shown_accepted_and_rejected(
    tmp_path: Path, examples: dict[str, bytes]
) -> None:
    path = tmp_path / "articles.winset"
    path.write_bytes(examples["riyadh-2025"])
    with CaseFile.open(path) as file:
        record = Case(documents=file.case().documents, statements=file.case().statements)
        file.replace(record, at=cases.now(), author="Ann", label="articles only")
    client = opened(path)
    rows = positions.positions(path)["rows"]
    own = next(row for row in rows if row["voice"] == "own")
    assert own["by"].startswith("reader")
    page = client.get("/positions").text
    assert 'class="value suggested"' in page
    where = f"/positions/on?party={own['party']}&issue={own['issue']}"
    assert own["by"] in client.get(where).text
    judged = board.cell(path, own["party"], own["issue"]).judgements
    sent = {"target": judged[0].target, "version": "0", "party": own["party"], "issue": own["issue"]}
    assert client.post("/judgements/review", data={**sent, "verdict": "accept"}, headers=OURS).status_code == 303
    kept = [row for row in positions.positions(path)["rows"] if row["by"] == cases.author()]
    assert len(judged) > 1 or [(row["party"], row["issue"]) for row in kept] == [(own["party"], own["issue"])]
    with_it = brief.as_json(brief.brief(load_case(path)))
    for one in judged:
        reviews.decide(path, one.target, "reject")
    assert not [
        row for row in positions.positions(path)["rows"]
        if (row["party"], row["issue"], row["voice"]) == (own["party"], own["issue"], "own")
    ]  # fmt: skip
    without = brief.as_json(brief.brief(load_case(path)))
    assert len(without["suggested"]) < len(with_it["suggested"]) + 1
    assert all((j["party"], j["issue"]) != (own["party"], own["issue"]) for j in without["suggested"])
    assert "rejected by" in client.get(where).text or client.get(where).status_code == 404


def test_charts_are_saved_as_files_that_stand_alone(riyadh: Path) -> None:
    page = opened(riyadh).get("/positions").text
    drawing, numbers = (
        base64.b64decode(found).decode()
        for found in re.findall(r'download="chart-positions\.(?:svg|csv)" href="data:[^,]*,([^"]+)"', page)
    )
    root = parse_xml(drawing.encode())
    assert root.tag.endswith("svg")
    assert "var(--" not in drawing
    assert root[0].text
    assert root[1].text
    rows = list(csv.reader(io.StringIO(numbers)))
    assert rows[0] == ["Issue", "Party", "Low", "Best", "High", "Before"]
    assert len(rows) > 10


def test_charts_are_saved_as_pictures_and_pages(riyadh: Path) -> None:
    client = opened(riyadh)
    links = re.findall(r'href="(/chart/[0-9a-f]+\.(?:png|pdf))"', client.get("/positions").text)
    kinds = {link.rpartition(".")[2]: client.get(link) for link in links}
    assert kinds["png"].content.startswith(b"\x89PNG")
    assert kinds["pdf"].content.startswith(b"%PDF")
    assert 'filename="chart-positions.pdf"' in kinds["pdf"].headers["content-disposition"]
    gone = client.get(f"/chart/{'0' * 24}.png")
    assert gone.status_code == 404
    assert "open its page again" in gone.text


@pytest.mark.parametrize("episode", ["riyadh-2025", "lorn-strait"])
def test_every_page_answers_for_a_case_of_articles_alone(
    tmp_path: Path, examples: dict[str, bytes], episode: str
) -> None:
    path = tmp_path / "articles.winset"
    path.write_bytes(examples[episode])
    with CaseFile.open(path) as file:
        record = Case(documents=file.case().documents, statements=file.case().statements)
        file.replace(record, at=cases.now(), author="Ann", label="articles only")
    client = opened(path)
    moves = ledger.ledger(path)["moves"]
    page = client.get("/positions/moves").text
    assert all(f'id="{one["id"]}"' in page for one in moves)
    for address in (
        "/", "/documents", "/queue", "/positions", "/positions/alignment", "/positions/precedents", "/deals", "/scenarios",
        "/stability", "/consent", "/uncertainty", "/uncertainty/models", "/forecasts", "/brief", "/brief/read", "/history",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
    for party, issue in {(one["party"], one["issue"]) for one in moves if one["issue"] is not None}:
        assert client.get("/positions/on", params={"party": party, "issue": issue}).status_code == 200


def test_a_judgement_is_edited_in_place_with_its_uncertainty_and_comes_back(riyadh: Path) -> None:
    client = opened(riyadh)
    one = board.cell(riyadh, "russia", "nato").judgements[0]
    sent = {"target": one.target, "version": "0", "party": "russia", "issue": "nato", "verdict": "correct"}
    assert client.post("/judgements/review", data=sent, headers=OURS).status_code == 422  # nothing is changed
    wrong = {**sent, "low": "9", "high": "3"}
    assert client.post("/judgements/review", data=wrong, headers=OURS).status_code == 422
    assert not board.cell(riyadh, "russia", "nato").judgements[0].verdict
    edited = {**sent, "low": "0", "likely": "5", "high": "20", "note": "softer <i>since</i> May"}
    assert client.post("/judgements/review", data=edited, headers=OURS).status_code == 303
    now = board.cell(riyadh, "russia", "nato").judgements[0]
    assert now.verdict == "correct"
    assert now.now.value.ends == (0.0, 20.0)
    assert now.now.note == "softer <i>since</i> May"
    assert now.judgement == one.judgement
    page = client.get("/positions/on?party=russia&issue=nato").text
    assert "softer &lt;i&gt;since" in page
    late = client.post("/judgements/review", data={**sent, "low": "50"}, headers=OURS)
    assert late.status_code == 409
    assert "As it stands now" in late.text
    cases.undo(riyadh)
    assert board.cell(riyadh, "russia", "nato").judgements[0].now == one.judgement


def test_a_demand_given_up_that_no_issue_covers_leads_to_its_words_and_to_no_empty_page(tmp_path: Path) -> None:
    article, path = tmp_path / "lights.txt", tmp_path / "lights.winset"
    article.write_text(
        "Envoys of Norway and Sweden opened talks in Lys on Monday.\n\nNorway dropped its insistence that Sweden first repaint"
        " the lighthouses, officials said.\n",
        encoding="utf-8",
    )
    for command in (["new", str(path)], ["add", str(path), str(article)]):
        assert CliRunner().invoke(winset, command).exit_code == 0
    (move,) = ledger.ledger(path)["moves"]
    assert move["issue"] is None
    page = opened(path).get("/positions/moves").text
    assert "no issue of the case" in page
    assert "None" not in page
    assert 'issue="' not in page
    assert 'href="/documents/lights' in page


def test_a_position_that_the_record_does_not_tell_is_written_down_for_a_new_party(lorn: Path) -> None:
    client = opened(lorn)
    page = client.get("/positions/new").text
    assert "Who patrols the strait?" in page
    sent = {
        "party": "",
        "named": "Fishers <b>",
        "issue": "patrols",
        "low": "20",
        "likely": "",
        "high": "40",
        "as_of": "",
        "note": "",
    }
    done = client.post("/judgements", data=sent, headers=OURS)
    assert done.status_code == 303
    page = client.get(done.headers["location"]).text
    assert "Fishers &lt;b&gt;" in page
    assert "20 to 40" in page
    for wrong, field in (
        ({"named": ""}, "named"), ({"party": "korsund"}, "named"), ({"named": "x", "low": "", "high": ""}, "low"),
        ({"named": "x", "low": "50"}, "low"), ({"named": "x", "high": "many"}, "high"),
    ):  # fmt: skip
        answer = client.post("/judgements", data={**sent, **wrong}, headers=OURS)
        assert answer.status_code == 422
        assert f'data-field="{field}"' in answer.text, wrong
    again = client.post("/judgements", data=sent, headers=OURS)
    assert "is there already" in again.text
