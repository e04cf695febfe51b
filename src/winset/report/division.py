"""A division by points, as JSON values and in words."""

from typing import Any

from winset.models.bargaining.adjusted_winner import Divided, Division


def as_json(divided: Divided) -> dict[str, Any]:
    """What `winset solve adjusted-winner --json` prints; exact numbers are fractions as strings."""
    given, found, proportional = divided.given, divided.winner, divided.proportional
    scaled = [{i: p * 100 / sum(t.values()) for i, p in t.items()} for t in (given.first, given.second)]
    theirs = {item: 1 - share for item, share in found.shares.items()}
    swapped = (
        sum(share * scaled[0][item] for item, share in theirs.items()),
        sum(share * scaled[1][item] for item, share in found.shares.items()),
    )
    return {
        "method": "adjusted_winner",
        "version": "1",
        "parties": list(given.parties),
        "share_of_first": {item: str(share) for item, share in found.shares.items()},
        "split": found.split,
        "points_each": str(found.points[0]),
        "points_decimal": float(found.points[0]),
        "certificate": {
            "equitable": found.points[0] == found.points[1],
            "envy_free": all(own >= other for own, other in zip(found.points, swapped, strict=True)),
            "efficient": _efficient(found, scaled),
        },
        "proportional": {
            "share_of_first": {item: str(share) for item, share in proportional.shares.items()},
            "points": [str(points) for points in proportional.points],
            "points_decimal": [float(points) for points in proportional.points],
        },
    }


def _efficient(found: Division, points: list[dict[str, Any]]) -> bool:
    """No exchange helps both: what the first gives up any of is worth no more to it, for what it is to the other, than
    what it has any of."""
    has = [item for item, share in found.shares.items() if share > 0]
    lacks = [item for item, share in found.shares.items() if share < 1]
    return all(points[0][a] * points[1][b] >= points[0][b] * points[1][a] for a in has for b in lacks)


def as_text(result: dict[str, Any]) -> str:
    """The same for a person at a terminal."""
    first, second = result["parties"]
    lines = [f"Adjusted winner: {first} and {second} each have {result['points_decimal']:.4g} of 100 points."]
    for item, share in result["share_of_first"].items():
        whole = {"1": first, "0": second}.get(share)
        lines.append(f"  {item}: {whole or f'{share} to {first}, the rest to {second}'}")
    mine, theirs = result["proportional"]["points_decimal"]
    lines.append(
        f"Each item in proportion to the points on it would give {first} {mine:.4g} and {second} {theirs:.4g}."
    )
    for note in result["assumptions"]:
        lines.append(f"  assumed: {note['text']}")
    return "\n".join(lines)
