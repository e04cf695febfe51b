"""The codebook of a case in the browser: named, shown whole, another put in its place, reviews kept."""

from pathlib import Path

from tests.web.conftest import OURS, opened

from winset.domain.plain.codebooks import codebook_to
from winset.evidence.coding import PACKAGED, packaged
from winset.services import cases, codebooks
from winset.services.sources import load_case

PAGE = "/positions/codebook"


def test_the_page_names_the_codebook_and_shows_questions_points_examples_and_what_counts(lorn: Path) -> None:
    client = opened(lorn)
    text = client.get(PAGE).text
    book = codebooks.of_case(lorn)
    assert book["issues"]
    for issue in book["issues"]:
        assert f'id="{issue["id"]}"' in text
    look = client.get(f"{PAGE}?look=climate").text
    for issue in codebook_to(packaged("climate"))["issues"]:
        assert issue["counts"].replace("'", "&#39;") in look
        for point in issue["points"]:
            assert point["examples"][0].replace("'", "&#39;") in look
    assert client.get(f"{PAGE}?look=nothing").status_code == 404
    assert PAGE in client.get("/positions").text


def test_another_codebook_is_chosen_and_undone_and_a_review_is_kept(lorn: Path) -> None:
    client = opened(lorn)
    case = load_case(lorn)
    before = codebooks.of_case(lorn)["id"]
    kept = len(case.reviews)
    chosen = next(id for id in PACKAGED if id != before)
    answer = client.post(PAGE, data={"codebook": chosen}, headers=OURS)
    assert answer.status_code in (200, 303)
    assert codebooks.of_case(lorn) == {**codebooks.of_case(lorn), "id": chosen, "whose": "case"}
    assert len(load_case(lorn).reviews) == kept
    cases.undo(lorn)
    assert codebooks.of_case(lorn)["id"] == before
    assert client.post(PAGE, data={"codebook": "no such"}, headers=OURS).status_code == 422
    assert client.post(PAGE, data={"codebook": "fitting"}, headers=OURS).status_code in (200, 303)


def test_a_stranger_changes_nothing(lorn: Path) -> None:
    client = opened(lorn)
    before = lorn.read_bytes()
    assert client.post(PAGE, data={"codebook": "climate"}, headers={"origin": "http://evil.example"}).status_code == 403
    assert lorn.read_bytes() == before
