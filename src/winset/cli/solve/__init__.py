"""`winset solve METHOD SOURCE...`: one module a method family."""

import click

from winset.cli.lazy import LazyGroup

METHODS_AT: dict[str, tuple[str, str]] = {
    "bargaining": ("winset.cli.solve.bargaining:bargaining", "Which deals are possible, and which the solutions pick."),
    "adjusted-winner": ("winset.cli.solve.adjusted_winner:adjusted_winner", "Divide items between two by points."),
    "spatial": ("winset.cli.solve.spatial:spatial", "What a group would settle on, issue by issue."),
    "coalitions": ("winset.cli.solve.coalitions:coalitions", "Power under a voting rule."),
    "shares": ("winset.cli.solve.shares:shares", "How to share what coalitions can get; who would leave."),
    "peeling": ("winset.cli.solve.peeling:peeling", "Who could be peeled away from whom, and at what price."),
    "offers": ("winset.cli.solve.offers:offers", "Who gains from waiting: shares under offers in turn."),
    "crisis": ("winset.cli.solve.crisis:crisis", "What force would bring, and whether a deal would hold."),
    "ratification": ("winset.cli.solve.ratification:ratification", "Who must consent, and to which deals."),
    "stability": ("winset.cli.solve.stability:stability", "Which situations nobody would leave."),
    "talks": ("winset.cli.solve.talks:talks", "Simulate how talks with given tactics would go."),
}


@click.group(cls=LazyGroup, commands_at=METHODS_AT)
def solve() -> None:
    """Run one method (see `winset methods`) on a case or on other tools' files."""
