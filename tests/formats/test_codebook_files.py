"""Codebooks as TOML, JSON and REFI-QDA codebooks: what goes out comes back equal, and what is hostile is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.errors import CaseError, UsageError
from winset.evidence.coding import PACKAGED, packaged
from winset.formats.codebook_files import ENDINGS, left_out, read_codebook, write_codebook

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda text: text.strip() != ""
)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("id", PACKAGED)
def test_every_packaged_codebook_goes_out_and_comes_back_equal(id: str, ending: str) -> None:
    written = write_codebook(packaged(id), ending)
    assert read_codebook(written, ending, name="x") == packaged(id)
    assert write_codebook(packaged(id), ending) == written


@given(WORDS, WORDS, WORDS, st.sampled_from(ENDINGS))
def test_any_words_survive_the_journey(title: str, label: str, phrase: str, ending: str) -> None:
    points = (CodePoint(value=0, label=label, phrases=(phrase,)), CodePoint(value=2.5, label="b", opposed=0))
    book = Codebook(
        id="b",
        title=title,
        issues=(
            CodebookIssue(id="i", question=title, points=points, units=(phrase,), was=(label,), part_of=(phrase,)),
        ),
    )
    assert read_codebook(write_codebook(book, ending), ending, name="x") == book


def test_codes_of_another_program_become_issues_with_points_at_equal_distances() -> None:
    data = b"""<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
    <Code guid="a" name="Pay" isCodable="true"><Description>What is asked.</Description>
      <Code guid="b" name="less" isCodable="true"/><Code guid="c" name="as now" isCodable="true"/><Code guid="d" name="more" isCodable="true"/>
    </Code><Code guid="e" name="Pay" isCodable="true"/></Codes></CodeBook>"""
    first, second = read_codebook(data, ".qdc", name="theirs.qdc").issues
    assert [(p.value, p.label) for p in first.points] == [(0, "less"), (50, "as now"), (100, "more")]
    assert (first.id, second.id, first.counts) == ("pay", "pay-2", "What is asked.")


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CodeBook>&a;</CodeBook>', ".qdc"),
        (b"<CodeBook><Codes>", ".qdc"),
        (b"<Project/>", ".qdc"),
        (b"<CodeBook/>", ".qdc"),
        (b"id = [", ".toml"),
        (b"\xff\xfe\x00", ".json"),
        (b"[" * 100_000, ".json"),
        (b'{"id": "a", "title": "t", "issues": [{"id": "i"}]}', ".json"),
    ],
)
def test_what_is_broken_or_hostile_is_refused(data: bytes, ending: str) -> None:
    with pytest.raises(CaseError, match=r"^x"):
        read_codebook(data, ending, name="x")


def test_other_endings_are_named() -> None:
    with pytest.raises(UsageError, match=r"\.toml, \.json, \.qdc"):
        write_codebook(packaged("climate"), ".doc")


def test_folders_descriptions_and_deeper_codes_of_another_program_are_kept_and_the_rest_is_named() -> None:
    data = b"""<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
    <Code guid="f" name="Money" isCodable="false" color="#ff0000">
      <Code guid="a" name="Pay" isCodable="true"><Description>What is asked.</Description>
        <Code guid="b" name="less" isCodable="true"><Description>Any cut.</Description><Code guid="x" name="by a tenth" isCodable="true"/></Code>
        <Code guid="c" name="more" isCodable="true"><NoteRef targetGUID="n"/></Code></Code>
      <Code guid="e" name="Leave" isCodable="true"/></Code></Codes>
    <Sets><Set guid="s" name="My set"/></Sets></CodeBook>"""
    pay, leave = read_codebook(data, ".qdc", name="theirs.qdc").issues
    assert (pay.question, leave.question) == ("Pay", "Leave")
    assert pay.counts == "What is asked.\nless: Any cut.\nUnder less: by a tenth."
    assert left_out(data, ".qdc", name="x") == ["colours of 1 codes", "the set 'My set'", "1 links to notes"]


def test_what_another_program_did_to_a_codebook_of_ours_is_taken_or_named() -> None:
    written = write_codebook(packaged("climate"), ".qdc").decode()
    issue = packaged("climate").issues[0]
    asked = issue.question
    more = '<Code guid="00000000-0000-0000-0000-000000000000" name="quite another" isCodable="true"/>'
    changed = written.replace(f'name="{asked}"', 'name="What is asked now?"')
    head, mark, tail = changed.partition("</Description><Code ")
    changed = f"{head}</Description>{more}<Code {tail}"
    assert mark
    assert read_codebook(changed.encode(), ".qdc", name="x").issues[0].question == "What is asked now?"
    (said,) = left_out(changed.encode(), ".qdc", name="x")
    assert "'quite another'" in said
    assert left_out(written.encode(), ".qdc", name="x") == []


def test_fields_that_nobody_knows_are_named() -> None:
    text = 'id = "a"\nowner = "me"\n[[issues]]\nid = "i"\nquestion = "?"\nphrase = ["x"]\n[[issues.points]]\nvalue = 0\nlabel = "no"\nhue = 1\n'
    assert left_out(text.encode(), ".toml", name="x") == [
        "the field 'owner'",
        "the field 'phrase' of issue i",
        "the field 'hue' of point 0 of issue i",
    ]
