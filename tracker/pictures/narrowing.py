"""A narrowing as a picture: after each step a bar as long as the people who are left.

A filled bar is by all grounds, its hatched end stands for unclear records, and the outline is by strong grounds alone.
The numbers stand beside it. It holds no pseudonym and no name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tracker.pictures.axis import HATCH

WIDTH, LEFT, RIGHT, TOP, ROW, BAR = 984, 148, 780, 34, 26, 16
ALL, STRONG = 796, 886  # where the numbers stand


@dataclass(frozen=True)
class Bar:
    """After one step: its label, and how many are left by all grounds, without unclear records, by strong grounds."""

    label: str
    left: int
    sure: int
    strong: int


def draw_narrowing(everybody: int, bars: Sequence[Bar]) -> str:
    """The picture as SVG, everybody in the first row; empty when there is nobody."""
    if not everybody:
        return ""
    rows = [Bar("Everybody", everybody, everybody, everybody), *bars]
    height = TOP + ROW * len(rows) + 4
    parts = [part for at, bar in enumerate(rows) for part in _row(bar, TOP + at * ROW, (RIGHT - LEFT) / everybody)]
    title = "People left after each step. The table on this page holds the same numbers."
    head = f'<svg class="figure" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}">'
    return f"{head}{HATCH}{''.join(_heads())}{''.join(parts)}</svg>"


def _heads() -> list[str]:
    return [
        f'<text class="quiet" x="{x}" y="18">{words}</text>'
        for x, words in (
            (10, "After step"),
            (LEFT, "People left"),
            (RIGHT + 16, "All grounds"),
            (886, "Strong grounds"),
        )
    ]


def _row(bar: Bar, y: float, unit: float) -> list[str]:
    left, sure, strong = (round(count * unit, 1) for count in (bar.left, bar.sure, bar.strong))
    said = f"{bar.left:,}" if bar.left == bar.sure else f"{bar.sure:,} to {bar.left:,}"
    found = [f'<text class="lane-label" x="10" y="{y + 13}">{escape(bar.label)}</text>']
    if bar.strong:
        found.append(f'<rect class="bar-strong" x="{LEFT}" y="{y}" width="{strong}" height="{BAR}"/>')
    if bar.left > bar.sure:
        width = round(left - sure, 1)
        found.append(f'<rect class="window-imprecise" x="{LEFT + sure}" y="{y}" width="{width}" height="{BAR}"/>')
    if bar.sure:
        found.append(f'<rect class="bar-left" x="{LEFT}" y="{y}" width="{sure}" height="{BAR}"/>')
    numbers = ((ALL, said, "strong"), (STRONG, f"{bar.strong:,}", "quiet"))
    return [*found, *(f'<text class="{name}" x="{x}" y="{y + 13}">{words}</text>' for x, words, name in numbers)]
