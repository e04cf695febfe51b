"""Issues as plain JSON values."""

from typing import Any, get_args

from winset.domain.issues import Issue, IssueKind, ScalePoint
from winset.domain.plain.fields import Fields, checked_text, number, plain_number


def issue_to(issue: Issue) -> dict[str, Any]:
    """One issue: `options`, `scale` and `range` only where it has them."""
    made: dict[str, Any] = {"id": issue.id, "question": issue.question, "kind": issue.kind}
    if issue.options:
        made["options"] = list(issue.options)
    if issue.scale:
        made["scale"] = [{"value": plain_number(p.value), "label": p.label} for p in issue.scale]
    if issue.range is not None:
        made["range"] = [plain_number(end) for end in issue.range]
    quo = issue.status_quo
    made["status_quo"] = quo if quo is None or isinstance(quo, str) else plain_number(quo)
    if issue.codebook is not None:
        made["codebook"] = issue.codebook
    return made


def issue_from(fields: Fields) -> Issue:
    """One issue; without a kind it is told from options, scale or range."""

    def point(one: Fields) -> ScalePoint:
        return ScalePoint(value=one.number("value"), label=one.text("label", ""))

    name = fields.id("id")
    options = fields.texts("options")
    told = "discrete" if options else "continuous" if fields.has("range") and not fields.has("scale") else "ordered"
    ends = fields.numbers("range", 2) if fields.has("range") else None
    status_quo = fields.any("status_quo")
    if isinstance(status_quo, str):
        checked_text(status_quo, fields.at("status_quo"))
    elif status_quo is not None:
        status_quo = number(status_quo, fields.at("status_quo"))
    issue = Issue(
        id=name,
        question=fields.text("question", name),
        kind=fields.one_of("kind", get_args(IssueKind), told),
        options=options,
        scale=fields.records("scale", point),
        range=(ends[0], ends[1]) if ends else None,
        status_quo=status_quo,
        codebook=fields.text("codebook", None),
    )
    if isinstance(status_quo, str) and options and status_quo not in options:
        raise fields.wrong("status_quo", f"one of the options {', '.join(options)}")
    return issue
