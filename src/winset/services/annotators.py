"""Which annotator reads: the trained model where its weights are there, else rules."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from winset.errors import ResourceError, UsageError
from winset.language.annotation import Annotator

ANNOTATORS = {  # best first: name -> (module, class made without arguments)
    "model": ("winset.language.neural", "ModelAnnotator"),
    "rules": ("winset.evidence.rules", "RuleAnnotator"),
}


def choose(
    name: str | None = None, say: Callable[[str], None] | None = None, *, threads: int | None = None
) -> Annotator:
    """The annotator of this name; without one, the best that is there; `say` hears why a better one is passed over.

    threads  how many the model reads with; all processors where not given

    Raises UsageError for an unknown name, ResourceError where it (or, without a name, every one) is not there.
    """
    if name is not None and name not in ANNOTATORS:
        raise UsageError(f"no annotator {name!r}; there are {', '.join(ANNOTATORS)}")
    reasons: list[str] = []
    for one in [name] if name is not None else list(ANNOTATORS):
        module, kind = ANNOTATORS[one]
        try:
            if find_spec(module) is None:
                raise ResourceError(f"the annotator {one!r} is not part of this installation")
            annotator: Annotator = getattr(import_module(module), kind)(
                **({"threads": threads} if one == "model" else {})
            )
            if say is not None:
                for reason in reasons:
                    say(f"statements are found by {one}: {reason}")
            return annotator
        except ResourceError as error:
            reasons.append(str(error))
    raise ResourceError("; ".join(reasons))


def choose_or_say(name: str | None, say: Callable[[str], None]) -> Annotator | None:
    """As `choose`, but where nobody asked for one by name and none is there, None, and `say` is told.

    `say` also hears when rules stand in for a model that is not there. Raises ResourceError for one asked for by name.
    """
    try:
        chosen = choose(name, say)
    except ResourceError as error:
        if name is not None:
            raise
        say(f"documents are read without their statements: {error}")
        return None
    return chosen
