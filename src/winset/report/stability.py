"""Stability in words and the published JSON."""

from typing import Any

from winset.models.stability.proof import PROVABLE, Proof, prove
from winset.models.stability.stability import PLAIN, Stability

NAMES = {
    "nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sim": "SIM", "symmetric_seq": "symmetric SEQ",
    "policy": "policy stability",
}  # fmt: skip
_SHOWN = 24
_SHOWN_IMPROVEMENTS = 6
_SHOWN_STATES = 12


def as_json(result: Stability) -> dict[str, Any]:
    """The value that `winset solve stability --json` prints."""
    c = result.conflict
    concepts = [*PLAIN, *(k for k in result.stable if k not in PLAIN)]

    def named(states: list[int]) -> list[str | int]:
        return [c.labels[s] for s in states]

    return {
        "states": len(c.labels), "options": list(c.options), "decision_makers": list(c.parties),
        "variant": result.variant,
        "equilibria": {k: named(result.equilibria(k)) if k in result.stable else None for k in concepts},
        "stability": {
            p: {k: named(result.members(k, i)) for k in concepts if k in result.stable} for i, p in enumerate(c.parties)
        },
    }  # fmt: skip


def concept_name(concept: str) -> str:
    """How a concept is called in words."""
    name, _, horizon = concept.partition(":")
    said = NAMES.get(name, name.replace("_", "-"))
    return f"{said} with horizon {horizon}" if horizon else said


def as_text(result: Stability) -> str:
    """Equilibria a concept, one a line; of states made of options, what is taken in each equilibrium."""
    c = result.conflict
    lines = [f"{len(c.labels):,} states, sanctions by {result.variant.replace('_', ' ')}."]
    shown: set[int] = set()
    for concept in result.stable:
        found = result.equilibria(concept)
        more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        listed = ", ".join(str(c.labels[s]) for s in found[:_SHOWN])
        lines.append(f"{concept_name(concept)}: {listed or 'no state'}{more}")
        shown |= set(found[:_SHOWN])
    lines += list(result.left_out)
    if c.codes is not None and shown:
        told = sorted(shown)[:_SHOWN_STATES]
        lines += ["", *(f"{c.labels[s]}: {state_in_words(result, s)}" for s in told)]
        if len(told) < len(shown):
            lines.append(f"and {len(shown) - len(told)} more; --explain STATE says what one is")
    return "\n".join(lines)


def state_in_words(result: Stability, state: int) -> str:
    """The options taken, by their owners."""
    c, code = result.conflict, result.conflict.code(state)
    if code is None:
        return ""
    said = []
    for i, party in enumerate(c.parties):
        taken = [name for k, name in enumerate(c.options) if c.owners[k] == i and code >> k & 1]
        if taken:
            said.append(f"{party}: {', '.join(taken)}")
    return "; ".join(said) or "no option is taken"


def difference(result: Stability, state: int, other: int) -> str:
    """What is otherwise in the other state, by who does it: "Ann: “x” and “y” taken up, “z” given up"; empty of states that
    are not made of options."""
    c = result.conflict
    here, there = c.code(state), c.code(other)
    if here is None or there is None:
        return ""
    said = []
    for i, party in enumerate(c.parties):
        own = [
            (f"“{name}”", (there >> k & 1) - (here >> k & 1)) for k, name in enumerate(c.options) if c.owners[k] == i
        ]
        turned = [(verb, [name for name, by in own if by == way]) for verb, way in (("taken up", 1), ("given up", -1))]
        changes = [f"{' and '.join(names)} {verb}" for verb, names in turned if names]
        if changes:
            said.append(f"{party}: {', '.join(changes)}")
    return "; ".join(said)


def explain(result: Stability, state: int) -> str:
    """A paragraph a party: what it would rather have, how the others answer, and what follows; then, of states made of
    options, what is otherwise in each state that these name."""
    c = result.conflict
    lines = []
    if c.codes is not None:
        lines.append(f"State {c.labels[state]}: {state_in_words(result, state)}.")
    lines += [" ".join(why(result, state, i)) for i in range(len(c.parties))]
    if c.codes is not None:
        lines += [f"In {c.labels[s]}: {difference(result, state, s)}." for s in named(result, state)]
    return "\n".join(lines)


def _party(result: Stability, proofs: list[Proof]) -> list[str]:
    c = result.conflict
    first = proofs[0]
    who, here = c.parties[first.party], c.labels[first.state]
    if not first.answers:
        names = ", ".join(concept_name(p.concept) for p in proofs)
        stays = f"{who} has no better state to move to from {here}, so it stays"
        return [f"{stays}: {here} is stable for it under {names}."]
    gains = [str(c.labels[a.target]) for a in first.answers]
    said = [f"{who} would rather move from {here} to {_listed(gains)}."]
    for proof in proofs:
        if proof.concept == "nash":
            continue
        name = concept_name(proof.concept)
        free = [a for a in proof.answers if not a.path]
        if free:
            said.append(f"Under {name} it would go to {c.labels[free[0].target]}: {_no_answer(proof)}.")
            continue
        ways = [
            f"to {c.labels[a.target]}, because {_way(result, proof, a.target)}"
            for a in proof.answers[:_SHOWN_IMPROVEMENTS]
        ]
        more = len(proof.answers) - len(ways)
        tail = f", and {more} more answered likewise" if more > 0 else ""
        said.append(f"Under {name} it stays, not going {'; nor '.join(ways)}{tail}.")
    stable = [concept_name(p.concept) for p in proofs if p.stable]
    said.append(f"So {here} is stable for it under {', '.join(stable) or 'no concept'}.")
    return said


def _no_answer(proof: Proof) -> str:
    match proof.concept:
        case "sim":
            return "no improvement of the other made at the same time would leave it no better off"
        case "seq":
            return "no improvements of the others lead from there to a state it does not prefer"
        case "smr" | "symmetric_seq":
            return "the others have no answer from which it could not get to something better again"
        case _:
            return "nothing the others can do leads from there to a state it does not prefer"


def _way(result: Stability, proof: Proof, target: int) -> str:
    c = result.conflict
    path = next(a.path for a in proof.answers if a.target == target)
    end = c.labels[path[-1].to]
    if path[-1].mover is None:
        assert path[0].mover is not None
        return f"{c.parties[path[0].mover]} may go to {c.labels[path[0].to]} at the same time, which makes {end}"
    moves = ", then ".join(f"{c.parties[s.mover]} can move to {c.labels[s.to]}" for s in path if s.mover is not None)
    own = proof.concept in ("seq", "symmetric_seq")
    better = " (each move better for its mover)" if own and len(path) > 1 else " (better for it)" if own else ""
    escape = ", with no way out to a better one" if proof.concept in ("smr", "symmetric_seq") else ""
    return f"{moves}{better}, and {end} is no better for {c.parties[proof.party]} than {c.labels[proof.state]}{escape}"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN_IMPROVEMENTS} more" if len(names) > _SHOWN_IMPROVEMENTS else ""
    return ", ".join(names[:_SHOWN_IMPROVEMENTS]) + more


def improvements(result: Stability) -> list[tuple[int, int, int]]:
    """(from, to, party): every move that its mover prefers to staying."""
    c = result.conflict
    return [
        (s, t, i)
        for i, moves in enumerate(c.moves)
        for s in range(len(c.labels))
        for t in moves.targets(s)
        if c.worth[i][t] > c.worth[i][s]
    ]


def why(result: Stability, state: int, party: int) -> list[str]:
    """Why a party would stay at a state or leave it, in sentences."""
    return _party(result, _proofs(result, state, party))


def named(result: Stability, state: int) -> list[int]:
    """The other states that `why` names for any party, rising."""
    found: set[int] = set()
    for party in range(len(result.conflict.parties)):
        for proof in _proofs(result, state, party):
            shown = proof.answers[:_SHOWN_IMPROVEMENTS]
            free = [one for one in proof.answers if not one.path]
            found |= {one.target for one in (*shown, *free[:1])}
            if not free:
                found |= {step.to for one in shown for step in one.path}
    return sorted(found - {state})


def _proofs(result: Stability, state: int, party: int) -> list[Proof]:
    c = result.conflict
    return [prove(c, k, party, state, variant=result.variant) for k in result.stable if k in PROVABLE]
