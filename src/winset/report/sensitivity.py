"""What an answer depends on, in lines for the terminal."""

from typing import Any


def as_text(found: dict[str, Any]) -> str:
    """Tornado, indices with intervals, and what to find out next."""
    if not found["inputs"]:
        return "No judgement that this method uses is uncertain: nothing can be told apart."
    lines = [f"What {found['output']} depends on ({len(found['inputs'])} uncertain inputs, seed {found['seed']})."]
    lines.append("Each input from its 5 % to its 95 % quantile, all others at their medians:")
    for one in found["tornado"]:
        low, high = ("none" if v is None else f"{v:.4g}" for v in (one["low"], one["high"]))
        lines.append(f"  {one['input']:40} {low:>8} to {high}")
    lines.append("Share of the variance: by itself (95 % interval), and with all its interactions:")
    rows = zip(found["inputs"], found["first"], found["interval"], found["total"], strict=True)
    for name, first, (low, high), total in sorted(rows, key=lambda row: -row[3]):
        lines.append(f"  {name:40} {first:6.3f} ({low:.3f} to {high:.3f})  {total:6.3f}")
    lines += [one["text"] for one in found["next"]]
    if found["target"]:
        lines += found["target"]["text"]
    return "\n".join(lines)
