"""The line drawings: drawn out once per page, referred to after that."""

from __future__ import annotations

import re
from functools import cache

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_SVG = re.compile(r"(<svg\b[^>]*>)(.*)</svg>\s*", re.DOTALL)


@cache
def _parts(name: str) -> tuple[str, str]:
    match = _SVG.fullmatch(get_template(f"drawings/{name}.svg").render({}).strip())
    if match is None:
        raise ValueError(f"drawings/{name}.svg is not one svg element")
    return match[1], match[2]


@register.simple_tag(takes_context=True)
def drawing(context: Context, name: str) -> SafeString:
    """Show a drawing of templates/drawings/ by its name; the word beside it says what it means."""
    opening, lines = _parts(name)
    drawn: set[str] = context.render_context.setdefault("drawings", set())  # type: ignore[arg-type, assignment]
    if name in drawn:
        return mark_safe(f'{opening}<use href="#drawing-{name}"/></svg>')  # noqa: S308 - our own files
    drawn.add(name)
    return mark_safe(f'{opening}<g id="drawing-{name}">{lines}</g></svg>')  # noqa: S308 - our own files
