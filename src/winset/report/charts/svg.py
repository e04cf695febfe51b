"""The few marks that all charts are made of. Colours and fonts come from the page's own tokens.

Colours are attributes, not styles: a page whose policy forbids inline styles shows them all the same.
"""

import math
from html import escape

COLOURS = tuple(f"var(--p{n})" for n in range(8))
MOST = 160  # characters of one line of words
SHAPES = ("circle", "square", "diamond", "triangle", "cross", "circle", "square", "diamond")


def cut(name: str, most: int) -> str:
    """A label of at most so many characters, an ellipsis where it was longer."""
    return name if len(name) <= most else name[: most - 1].rstrip(" -,") + "…"


def text(
    x: float, y: float, words: str, *, anchor: str = "start", size: float = 12, tone: str = "ink", weight: int = 400
) -> str:
    """Words at a point, cut where they are longer than any drawing is wide; `tone` names a colour of the page."""
    words = words if len(words) <= MOST else f"{words[:MOST]}…"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}" font-weight="{weight}" '
        f'fill="{colour(tone)}">{escape(words)}</text>'
    )


def line(x1: float, y1: float, x2: float, y2: float, *, tone: str = "line", width: float = 1, dash: str = "") -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour(tone)}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def path(
    points: list[tuple[float, float]],
    *,
    tone: str,
    width: float = 1.5,
    dash: str = "",
    fill: str = "none",
    opacity: float = 1,
) -> str:
    """A line through points, or an area where `fill` names a colour."""
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if fill != "none" else "")
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    filled = "none" if fill == "none" else colour(fill)
    stroke = "none" if fill != "none" else colour(tone)
    return f'<path d="{d}" fill="{filled}" stroke="{stroke}" stroke-width="{width:g}" opacity="{opacity:g}"{dashed}/>'


def mark(x: float, y: float, shape: str, *, tone: str, size: float = 5, hollow: bool = False) -> str:
    """A party's mark; shape and colour both tell which party it is."""
    r = size
    paint = f'fill="{colour("paper") if hollow else colour(tone)}" stroke="{colour(tone)}"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" {paint} stroke-width="1.6"/>'
    corners = {
        "square": [(-r, -r), (r, -r), (r, r), (-r, r)],
        "diamond": [(0, -1.3 * r), (1.3 * r, 0), (0, 1.3 * r), (-1.3 * r, 0)],
        "triangle": [(0, -1.2 * r), (1.2 * r, r), (-1.2 * r, r)],
        "cross": [(-r, -r), (0, -r / 3), (r, -r), (r / 3, 0), (r, r), (0, r / 3), (-r, r), (-r / 3, 0)],
    }[shape]
    d = "M" + "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners) + "Z"
    return f'<path d="{d}" {paint} stroke-width="1.6"/>'


def arrow(x1: float, x2: float, y: float, *, tone: str) -> str:
    """A horizontal arrow that ends short of the mark at `x2`."""
    step = 1 if x2 > x1 else -1
    tip = x2 - 7 * step
    head = [(tip, y), (tip - 5 * step, y - 3.2), (tip - 5 * step, y + 3.2)]
    return line(x1 + 5 * step, y, tip, y, tone=tone, width=1.4) + path(head, tone=tone, fill=tone)


def colour(tone: str) -> str:
    """A named colour of the page."""
    return f"var(--{tone})"


def linked(drawn: str, to: str, x: float, y: float, *, label: str) -> str:
    """A mark that leads to a place of its page, with room to hit it; `label` says what it stands for."""
    return _leading(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="12" fill="none" pointer-events="all"/>{drawn}', to, label)


def linked_row(drawn: str, to: str, y: float, width: float, height: float, *, label: str) -> str:
    """A row of the drawing around `y` that leads to another page, all of it."""
    room = (
        f'<rect x="0" y="{y - height / 2:.1f}" width="{width:g}" height="{height:g}" fill="none" pointer-events="all"/>'
    )
    return _leading(f"{room}{drawn}", to, label)


def _leading(drawn: str, to: str, label: str) -> str:
    return f'<a href="{escape(to, quote=True)}" aria-label="{escape(label[:400], quote=True)}">{drawn}</a>'


def frame(width: float, height: float, body: list[str], *, label: str, links: bool = False) -> str:
    """The whole drawing, named for those who cannot see it; with `links` its parts can be reached one by one."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="{"group" if links else "img"}" aria-label="{escape(label[:2000], quote=True)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'
    )


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places near `wanted` (any order) that keep `gap` between neighbours within [low, high] where there is room."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = [wanted[at] for at in order]
    for _ in range(60):
        moved = False
        for left in range(len(placed) - 1):
            lack = gap - (placed[left + 1] - placed[left])
            if lack > 1e-6:
                placed[left] -= lack / 2
                placed[left + 1] += lack / 2
                moved = True
        placed = [min(max(one, low), high) for one in placed]
        if not moved:
            break
    result = [0.0] * len(wanted)
    for at, one in zip(order, placed, strict=True):
        result[at] = one
    return result


def dot(x: float, y: float, r: float, *, tone: str, opacity: float = 1) -> str:
    """A filled dot without an outline."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" fill="{colour(tone)}" opacity="{opacity:g}"/>'


def ring(x: float, y: float, r: float, *, tone: str, fill: str = "none") -> str:
    """A circle."""
    inside = "none" if fill == "none" else colour(fill)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" fill="{inside}" stroke="{colour(tone)}" stroke-width="1.6"/>'


def curve(
    a: tuple[float, float], middle: tuple[float, float], b: tuple[float, float], *, tone: str, dash: str = "",
    width: float = 1.6,
) -> str:  # fmt: skip
    """A bent line from `a` to `b`, drawn toward `middle`."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    d = f"M{a[0]:.1f} {a[1]:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
    return f'<path d="{d}" fill="none" stroke="{colour(tone)}" stroke-width="{width:g}"{dashed}/>'


def tip(come_from: tuple[float, float], at: tuple[float, float], *, tone: str) -> str:
    """An arrow's head at `at`."""
    dx, dy = at[0] - come_from[0], at[1] - come_from[1]
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    corners = [
        at,
        (at[0] - 8 * ux + 4 * uy, at[1] - 8 * uy - 4 * ux),
        (at[0] - 8 * ux - 4 * uy, at[1] - 8 * uy + 4 * ux),
    ]
    return path(corners, tone=tone, fill=tone)


TOKENS = {
    "paper": "#ffffff", "ink": "#1c1b19", "soft": "#5b5852", "line": "#d9d5cb", "accent": "#0b5394", "content": "#fbf1c9",
    "warn": "#8a3b00", "gap": "#b9b4a8", "p0": "#0072b2", "p1": "#b84d00", "p2": "#00734f", "p3": "#a5497c",
    "p4": "#7d5f00", "p5": "#1f7a9e", "p6": "#555555", "p7": "#000000",
}  # fmt: skip
"""The light colours, for a drawing that stands outside of a page."""
FONTS = "Liberation Sans, Arial, Noto Sans, DejaVu Sans, sans-serif"


def standalone(drawing: str, *, title: str, description: str) -> str:
    """A drawing as a file of its own: colours written out, with title and description for those who cannot see it."""
    for name, value in TOKENS.items():
        drawing = drawing.replace(f"var(--{name})", value)
    start = drawing.index(">") + 1
    told = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return drawing[: start - 1] + f' font-family="{FONTS}">' + told + drawing[start:]
