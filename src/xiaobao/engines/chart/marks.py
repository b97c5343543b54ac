"""Small pieces of SVG: numbers, text, links and the outer element."""

from __future__ import annotations

from html import escape

from xiaobao.engines.chart.values import Frame


def number(value: float) -> str:
    """A coordinate with at most one decimal.

    >>> number(3.0), number(2.345)
    ('3', '2.3')
    """
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def text(x: float, y: float, words: str, *, kind: str = "", anchor: str = "") -> str:
    """A `<text>` element; the words are escaped."""
    attributes = f' class="{kind}"' if kind else ""
    attributes += f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{number(x)}" y="{number(y)}"{attributes}>{escape(words)}</text>'


def bar(box: tuple[float, float, float, float], kind: str, radius: float = 2) -> str:
    """A `<rect>` of (x, y, width, height)."""
    x, y, width, height = (number(side) for side in box)
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{number(radius)}"/>'


def rule(x1: float, x2: float, y: float, kind: str) -> str:
    """A horizontal line."""
    return f'<line class="{kind}" x1="{number(x1)}" x2="{number(x2)}" y1="{number(y)}" y2="{number(y)}"/>'


def link(inner: str, label: str, href: str) -> str:
    """The piece as a link with a title, or only titled where there is nowhere to go."""
    title = f"<title>{escape(label)}</title>" if label else ""
    if not href:
        return f"<g>{title}{inner}</g>" if title else inner
    return f'<a href="{escape(href)}" aria-label="{escape(label)}">{title}{inner}</a>'


def document(frame: Frame, inner: list[str], *, kind: str = "chart") -> str:
    """The whole `<svg>` with its title and description; a group where it holds links."""
    body = "".join(inner)
    role = "group" if "<a " in body else "img"
    name = escape(frame.name)
    return (
        f'<svg class="{kind}" viewBox="0 0 {frame.width} {frame.height}" role="{role}" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(frame.title)}</title>'
        f'<desc id="{name}-d">{escape(frame.desc)}</desc>{body}</svg>'
    )
