"""Positions on the scale from 0 to 1, for drawings."""

from django import template

register = template.Library()


@register.filter
def along(value: float) -> str:
    """Return where a value lies on a drawing, as a length that SVG understands.

    >>> along(0.46)
    '46.0%'
    """
    return f"{value * 100:.1f}%"


@register.filter
def span(interval: tuple[float, float]) -> str:
    """Return how long an interval is on a drawing; a point keeps a width that can be seen.

    >>> span((0.5, 0.5))
    '1.2%'
    """
    low, high = interval
    return f"{max(high - low, 0.012) * 100:.1f}%"
