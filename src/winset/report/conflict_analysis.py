"""What follows from a conflict beside its equilibria, in JSON and in words: coalitions, strength, unknown pairs, the way
from the status quo, and what would make a state last."""

from collections.abc import Mapping
from typing import Any

from winset.models.stability.beliefs import Hypergame
from winset.models.stability.conflict import Conflict
from winset.models.stability.inverse import CONCEPTS, conditions, fixed_options, smallest_demotion, smallest_together
from winset.models.stability.moves import Flags
from winset.models.stability.proof import Step
from winset.models.stability.status_quo import StatusQuo
from winset.report.stability import concept_name


def graded_json(c: Conflict, found: Mapping[str, Mapping[str, Flags]]) -> dict[str, Any]:
    """{degree or extension: {"equilibria": {concept: [...]}, "stability": {party: {concept: [...]}}}}."""
    return {
        grade: {
            "equilibria": {k: _named(c, flags.all(axis=0)) for k, flags in one.items()},
            "stability": {p: {k: _named(c, flags[i]) for k, flags in one.items()} for i, p in enumerate(c.parties)},
        }
        for grade, one in found.items()
    }


def _named(c: Conflict, flags: Any) -> list[str | int]:
    return [label for label, there in zip(c.labels, flags, strict=True) if there]


def coalitions_json(c: Conflict, found: Mapping[tuple[int, ...], Mapping[str, list[bool]]]) -> dict[str, Any]:
    """States stable for every coalition looked at, and for each of them."""
    one = {k: [all(per[k][s] for per in found.values()) for s in range(len(c.labels))] for k in CONCEPTS}
    return {
        "equilibria": {k: _named(c, flags) for k, flags in one.items()},
        "stability": [
            {"members": [c.parties[i] for i in group], **{k: _named(c, per[k]) for k in CONCEPTS}}
            for group, per in found.items()
        ],
    }


def beliefs_json(c: Conflict, found: Hypergame) -> dict[str, Any]:
    """What each takes for an equilibrium, and where nobody moves by its own lights."""
    return {
        "equilibria": {k: _named(c, flags.all(axis=0)) for k, flags in found.stable.items()},
        "seen_by": {
            p: {k: _named(c, flags.all(axis=0)) for k, flags in one.stable.items()}
            for p, one in zip(c.parties, found.seen, strict=True)
        },
    }


def beliefs_text(c: Conflict, found: Hypergame) -> str:
    """One line a party, and one for what follows."""
    made = beliefs_json(c, found)
    rows = [(f"as {party} sees it", one) for party, one in made["seen_by"].items()]
    rows.append(("where nobody moves by its own lights", made["equilibria"]))
    lines = []
    for who, one in rows:
        said = [f"{concept_name(k)} {', '.join(map(str, states)) or 'none'}" for k, states in one.items()]
        lines.append(f"{who}: {'; '.join(said)}")
    return "\n".join(lines)


def path_json(c: Conflict, path: tuple[Step, ...]) -> list[dict[str, Any]]:
    """[{"by": party, "to": state}]."""
    return [{"by": c.parties[step.mover], "to": c.labels[step.to]} for step in path if step.mover is not None]


def status_quo_json(c: Conflict, found: StatusQuo) -> dict[str, Any]:
    """Each state that can be reached, with a shortest path."""
    return {
        "from": c.labels[found.start],
        **{
            how: [{"state": c.labels[s], "path": path_json(c, path)} for s, path in sorted(paths.items())]
            for how, paths in (("by_improvements", found.by_improvements), ("by_moves", found.by_moves))
        },
    }


def status_quo_text(c: Conflict, found: StatusQuo, equilibria: Mapping[str, list[int]]) -> str:
    """Which equilibria can be reached, and how."""
    lines = [f"From {c.labels[found.start]}:"]
    for s in sorted({s for states in equilibria.values() for s in states}):
        names = ", ".join(concept_name(k) for k, states in equilibria.items() if s in states)
        what = f"{c.labels[s]} (stable for all under {names})"
        if s == found.start:
            lines.append(f"- {what}: it is where things stand")
        elif s in found.by_improvements:
            lines.append(f"- {what}: by improvements, {_path(c, found.by_improvements[s])}")
        elif s in found.by_moves:
            lines.append(f"- {what}: only with moves that their movers do not like, {_path(c, found.by_moves[s])}")
        else:
            lines.append(f"- {what}: cannot be reached")
    return "\n".join(lines)


def _path(c: Conflict, path: tuple[Step, ...]) -> str:
    return ", then ".join(f"{c.parties[s.mover]} to {c.labels[s.to]}" for s in path if s.mover is not None)


def inverse_json(c: Conflict, state: int) -> dict[str, Any]:
    """What each party would have to prefer, the smallest change of preferences, and of options."""
    found: dict[str, Any] = {"state": c.labels[state]}
    for concept in CONCEPTS:
        per_party = {}
        for i, party in enumerate(c.parties):
            asked = conditions(c, concept, i, state)
            demoted, proven = smallest_demotion(c, concept, i, state)
            per_party[party] = {
                "conditions": [
                    {"move": c.labels[a.target], "not_preferred_any_of": [[c.labels[x] for x in sorted(s)] for s in a.choices]}
                    for a in asked
                ],
                "smallest_change": [c.labels[x] for x in sorted(demoted)], "proven": proven,
            }  # fmt: skip
        bound = fixed_options(c, concept, state)
        joint = smallest_together(c, concept, state)
        found[concept] = {
            "preferences": per_party,
            "together": {
                "smallest_change": {
                    p: [c.labels[x] for x in sorted(one)] for p, one in zip(c.parties, joint.demoted, strict=True)
                },
                "proven": joint.proven,
            },
            "bind_options": None if bound is None else [[c.options[k] for k in one] for one in bound],
        }
    return found


def inverse_text(c: Conflict, state: int) -> str:
    """The conditions as sentences."""
    here = c.labels[state]
    lines = []
    for concept in CONCEPTS:
        lines.append(f"For {here} to be stable under {concept_name(concept)}:")
        for i, party in enumerate(c.parties):
            asked = conditions(c, concept, i, state)
            if not asked:
                lines.append(f"- {party}: whatever it prefers")
                continue
            for one in asked[:12]:
                ways = [" and ".join(str(c.labels[x]) for x in sorted(choice)) for choice in one.choices[:8]]
                more = f", or one of {len(one.choices) - 8} more" if len(one.choices) > 8 else ""
                lines.append(f"- {party} must not prefer {', or not '.join(ways)}{more} to {here}")
            if len(asked) > 12:
                lines.append(f"- {party}: and {len(asked) - 12} more conditions of this kind")
            demoted, proven = smallest_demotion(c, concept, i, state)
            listed = ", ".join(str(c.labels[x]) for x in sorted(demoted))
            lines.append(
                f"  the smallest change{'' if proven else ' found in time'}: it ranks {listed} no longer above {here}"
                if demoted
                else "  it holds now"
            )
        joint = smallest_together(c, concept, state)
        if concept == "seq" and any(joint.demoted):
            moved = "; ".join(
                f"{p} ranks {', '.join(str(c.labels[x]) for x in sorted(one))} no longer above {here}"
                for p, one in zip(c.parties, joint.demoted, strict=True) if one
            )  # fmt: skip
            lines.append(f"- for everybody at once: {moved}" + ("" if joint.proven else " (perhaps less would do)"))
        bound = fixed_options(c, concept, state)
        if bound and bound != [()]:
            ways = ["; ".join(c.options[k] for k in one) for one in bound[:5]]
            lines.append(
                f"- or, preferences as they are, these options bound to what they are in {here}: {' | '.join(ways)}"
            )
    return "\n".join(lines)
