"""The literal list of methods: name, version, the question each answers, its sources, and where its stages live.

A changed algorithm is a new entry beside the old one, so that last year's brief can be rerun. Stages are named as
"module:function" and imported when run, so that listing the methods costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from winset.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodCard:
    """One method.

    formulate  (case, at, **parameters) -> Formulated(inputs, assumptions, gaps)
    solve      (inputs, *, seed, **parameters) -> result
    as_json    (result) -> plain JSON values, as the contract of the command says
    """

    name: str
    version: str
    question: str
    sources: tuple[str, ...]
    page: str  # under docs/models
    formulate: str
    solve: str
    as_json: str

    def stage(self, which: str) -> Callable[..., Any]:
        """The function behind `formulate`, `solve` or `as_json`."""
        module, _, name = getattr(self, which).partition(":")
        found: Callable[..., Any] = getattr(import_module(module), name)
        return found


METHODS: tuple[MethodCard, ...] = (
    MethodCard(
        name="bargaining",
        version="1",
        question="Which deals are possible, and which of them would be fair or efficient?",
        sources=(
            "Nash 1950, Econometrica 18(2)",
            "Kalai and Smorodinsky 1975, Econometrica 43(3)",
            "Kalai 1977, Econometrica 45(7)",
        ),
        page="bargaining.md",
        formulate="winset.formulation.bargaining:formulate",
        solve="winset.models.bargaining.solve:solve",
        as_json="winset.report.bargaining:as_json",
    ),
    MethodCard(
        name="adjusted winner",
        version="1",
        question="How could two divide what they dispute, each by its own points?",
        sources=("Brams and Taylor 1996, Fair Division, ch. 4",),
        page="bargaining.md",
        formulate="winset.formulation.division:formulate",
        solve="winset.models.bargaining.adjusted_winner:solve",
        as_json="winset.report.division:as_json",
    ),
    MethodCard(
        name="offers",
        version="1",
        question="Who gains from waiting, and what does being in a hurry cost?",
        sources=(
            "Rubinstein 1982, Econometrica 50(1)",
            "Binmore, Rubinstein and Wolinsky 1986, RAND Journal 17(2)",
            "Baron and Ferejohn 1989, APSR 83(4)",
            "Muthoo 1999, Bargaining Theory with Applications",
        ),
        page="offers.md",
        formulate="winset.formulation.offers:formulate",
        solve="winset.models.offers.question:solve",
        as_json="winset.report.offers:as_json",
    ),
    MethodCard(
        name="talks",
        version="1",
        question="How would talks go between sides that concede by given tactics: agreement, when, and for whom?",
        sources=(
            "Faratin, Sierra and Jennings 1998, Robotics and Autonomous Systems 24",
            "Aydogan, Festen, Hindriks and Jonker 2017, Alternating Offers Protocols for Multilateral Negotiation",
            "Klein, Faratin, Sayama and Bar-Yam 2003, Group Decision and Negotiation 12",
        ),
        page="talks.md",
        formulate="winset.formulation.talks:formulate",
        solve="winset.models.talks.sessions:solve",
        as_json="winset.report.talks:as_json",
    ),
    MethodCard(
        name="crisis",
        version="1",
        question="Which deals do both sides prefer to war, when does none hold, and what would make one hold?",
        sources=(
            "Fearon 1995, International Organization 49(3)",
            "Fearon 1997, Journal of Conflict Resolution 41(1)",
            "Powell 2006, International Organization 60(1)",
            "Walter 2002, Committing to Peace",
        ),
        page="crisis.md",
        formulate="winset.formulation.crisis:formulate",
        solve="winset.models.crisis.question:solve",
        as_json="winset.report.crisis:case_json",
    ),
    MethodCard(
        name="ratification",
        version="1",
        question="Whose consent does a deal need at home, which deals would get it, and how surely?",
        sources=(
            "Schelling 1960, The Strategy of Conflict",
            "Putnam 1988, International Organization 42(3)",
            "Milner and Rosendorff 1997, Journal of Conflict Resolution 41(1)",
        ),
        page="ratification.md",
        formulate="winset.formulation.ratification:formulate",
        solve="winset.models.ratification.problem:solve",
        as_json="winset.report.ratification:as_json",
    ),
    MethodCard(
        name="spatial",
        version="1",
        question="What would a group settle on, issue by issue?",
        sources=(
            "Black 1948, Journal of Political Economy 56(1)",
            "Bueno de Mesquita 1994, European Community Decision Making",
            "Van den Bos 1991, Dutch EC Policy Making",
            "Scholz, Calbert and Smith 2011, Journal of Theoretical Politics 23(4)",
            "Romer and Rosenthal 1978, Public Choice 33(4)",
            "Stokman and Van Oosten 1994, in European Community Decision Making, ch. 5",
            "Wise, Lester and Efird 2015, KAPSARC KS-1517-DP011A",
        ),
        page="spatial.md",
        formulate="winset.formulation.spatial:formulate",
        solve="winset.models.spatial.forecasts:solve",
        as_json="winset.report.spatial:as_json",
    ),
    MethodCard(
        name="coalitions",
        version="1",
        question="Who is pivotal under a voting rule, who can block, who never matters?",
        sources=(
            "Shapley and Shubik 1954, APSR 48(3)",
            "Banzhaf 1965, Rutgers Law Review 19(2)",
            "Johnston 1978, Environment and Planning A 10(8)",
            "Deegan and Packel 1978, International Journal of Game Theory 7(2)",
            "Holler 1982, Political Studies 30(2)",
        ),
        page="coalitions.md",
        formulate="winset.formulation.coalitions:formulate",
        solve="winset.models.coalitions.power:solve",
        as_json="winset.report.coalitions:as_json",
    ),
    MethodCard(
        name="stability",
        version="1",
        question="Where parties can act by themselves, which situations would nobody leave?",
        sources=(
            "Fang, Hipel and Kilgour 1993, Interactive Decision Making",
            "Xu, Hipel, Kilgour and Fang 2018, Conflict Resolution Using the Graph Model",
            "Inohara and Hipel 2008, Systems Engineering 11(4)",
            "Kinsara, Petersons, Hipel and Kilgour 2015, Group Decision and Negotiation 24",
        ),
        page="stability.md",
        formulate="winset.services.stability:formulate",
        solve="winset.models.stability.stability:solve",
        as_json="winset.report.stability:as_json",
    ),
    MethodCard(
        name="alignment",
        version="1",
        question="How near do the parties stand to each other, and who forms a bloc?",
        sources=(
            "Gower 1971, Biometrics 27(4)",
            "Defays 1977, Computer Journal 20(4)",
        ),
        page="alignment.md",
        formulate="winset.formulation.alignment:formulate",
        solve="winset.models.similarity.distances:solve",
        as_json="winset.report.alignment:as_json",
    ),
)


def method(name: str) -> MethodCard:
    """The card of this name. Raises UsageError, naming those there are."""
    for card in METHODS:
        if card.name == name:
            return card
    raise UsageError(f"no method {name!r}; there are {', '.join(card.name for card in METHODS)}")
