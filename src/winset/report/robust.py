"""Robust choice in lines for the terminal, and its deals in words."""

from collections.abc import Mapping
from typing import Any


def terms(deal: Mapping[str, Any]) -> str:
    """A deal in one line."""
    return ", ".join(
        f"{issue} {value:g}" if isinstance(value, int | float) else f"{issue} {value}" for issue, value in deal.items()
    )


def finding(found: Mapping[str, Any]) -> str:
    """The first deal in a sentence."""
    count, first = len(found["scenarios"]), found["robust"][0]
    if not first["acceptable_in"]:
        return f"No deal is acceptable in most draws of any of {count} scenarios."
    where = f"all {count}" if first["acceptable_in"] == count else f"{first['acceptable_in']} of {count}"
    return f"Most robust: {terms(first['deal'])}: acceptable in {where} scenarios, at most {first['max_regret']:.3g} worse than the best there ({first['worst_in']})."  # fmt: skip


def as_text(found: Mapping[str, Any]) -> str:
    """Scenarios, the most robust deals, and what each costs."""
    lines = [
        f"{found['deals']:,} deals over {len(found['scenarios'])} scenarios, {found['draws']:,} paired draws, seed {found['seed']}."
    ]
    lines += [
        f"  {one['name']:32} chance {100 * one['chance']:.0f} %, {100 * one['possible']:.1f} % of deals acceptable"
        for one in found["scenarios"]
    ]
    lines.append(finding(found))
    lines.append(
        f"Acceptable in all scenarios: {found['acceptable_in_all']:,} deals; in most: {found['acceptable_in_most']:,}."
    )
    for n, one in enumerate(found["robust"], 1):
        lines.append(f"{n}. {terms(one['deal'])}")
        lines.append(
            f"   acceptable in {one['acceptable_in']}; regret at most {one['max_regret']:.4g} ({one['worst_in']}), "
            f"expected {one['expected_regret']:.4g}{_beside(one['beside_first'])}"
        )
        for s in one["by_scenario"]:
            low, high = s["regret_in_8_of_10"]
            lines.append(
                f"     {s['scenario']:30} acceptable in {100 * s['acceptable']:.0f} % of draws, regret {s['regret']:.4g} ({low:.4g} to {high:.4g})"
            )
    least = found["least_regret"]
    lines.append(
        f"Smallest largest regret, whoever accepts: {terms(least['maximal']['deal'])} ({least['maximal']['regret']:.4g})."
    )
    lines.append(
        f"Smallest expected regret, whoever accepts: {terms(least['expected']['deal'])} ({least['expected']['regret']:.4g})."
    )
    lines.append(f"Here {found['means']}.")
    return "\n".join(lines)


def _beside(gap: Mapping[str, Any] | None) -> str:
    if gap is None:
        return ""
    low, high = gap["interval"]
    return f", {gap['mean']:+.4g} beside the first (9 in 10 draws between {low:+.4g} and {high:+.4g})"
