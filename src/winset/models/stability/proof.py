"""Why a state is stable for a party, or not: a proof that can be checked without solving anything again."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from winset.errors import ModelError
from winset.models.stability.conflict import Conflict

PROVABLE = ("nash", "gmr", "smr", "seq", "symmetric_seq", "sim")


@dataclass(frozen=True, slots=True)
class Step:
    """A move of `mover` to state `to`; mover None: what two moves at once lead to."""

    mover: int | None
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An improvement and the moves of the others that sanction it; no moves: nothing does."""

    target: int
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The state is stable for the party if every improvement is answered; one unanswered is enough to leave."""

    concept: str
    variant: str
    party: int
    state: int
    answers: tuple[Answer, ...]

    @property
    def stable(self) -> bool:
        return all(answer.path for answer in self.answers)


def prove(conflict: Conflict, concept: str, party: int, state: int, *, variant: str = "legal_sequences") -> Proof:
    """Every improvement of the party from the state with a shortest sanction, if there is one.

    Raises ModelError for a concept whose proof is no list of sanctions.
    """
    if concept not in PROVABLE:
        raise ModelError(f"no proof is written for {concept!r}; for {', '.join(PROVABLE)} there is")
    v = conflict.worth[party]
    gains = [t for t in conflict.moves[party].targets(state) if v[t] > v[state]]
    gains.sort(key=lambda t: (-int(v[t]), t))

    def held(r: int) -> bool:
        if v[r] > v[state]:
            return False
        far = concept in ("smr", "symmetric_seq")
        return not far or not any(v[q] > v[state] for q in conflict.moves[party].targets(r))

    answers = []
    for target in gains:
        path: tuple[Step, ...] = ()
        if concept == "sim":
            path = _at_once(conflict, party, state, target)
        elif concept != "nash":
            improving = concept in ("seq", "symmetric_seq")
            single = variant == "single_step_sanctions"
            path = path_to(conflict, target, conflict.others(party), held, improving=improving, single=single)
        answers.append(Answer(target=target, path=path))
    return Proof(concept=concept, variant=variant, party=party, state=state, answers=tuple(answers))


def path_to(
    conflict: Conflict, start: int, movers: list[int], there: Callable[[int], bool], *, improving: bool,
    single: bool = False,
) -> tuple[Step, ...]:  # fmt: skip
    """A shortest legal sequence of the movers from `start` to a state where `there` holds; () if none."""
    came: dict[tuple[int, int], tuple[int, int]] = {}
    todo = deque([(start, -1)])
    while todo:
        here = todo.popleft()
        for j in movers:
            if j == here[1]:
                continue
            for t in conflict.moves[j].targets(here[0]):
                if improving and not conflict.worth[j][t] > conflict.worth[j][here[0]]:
                    continue
                if (t, j) in came:
                    continue
                came[t, j] = here
                if there(t):
                    steps, at = [], (t, j)
                    while at != (start, -1):
                        steps.append(Step(at[1], at[0]))
                        at = came[at]
                    return tuple(reversed(steps))
                if not single:
                    todo.append((t, j))
    return ()


def _at_once(conflict: Conflict, party: int, state: int, target: int) -> tuple[Step, ...]:
    (other,) = conflict.others(party)
    mine, theirs = conflict.worth[party], conflict.worth[other]
    after = set(conflict.moves[other].targets(target))
    for r in conflict.moves[other].targets(state):
        if theirs[r] > theirs[state]:
            for end in sorted(after & set(conflict.moves[party].targets(r))):
                if mine[end] <= mine[state]:
                    return Step(other, r), Step(None, end)
    return ()
