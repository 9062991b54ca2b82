"""Numbers from 0 to 1 as they are read: no longer than they have to be."""

from django import template
from django.utils.formats import number_format

MOST_PLACES, FEWEST_PLACES = 4, 2

register = template.Library()


@register.filter
def portion(value: float) -> str:
    """Return a number with two to four decimals, in the page's language.

    >>> from django.utils.translation import override
    >>> with override("pl"):
    ...     portion(0.7), portion(0.575), portion(-0.551166667)
    ('0,70', '0,575', '−0,5512')
    """
    places = len(f"{value:.{MOST_PLACES}f}".rstrip("0").partition(".")[2])
    shown = number_format(round(value, MOST_PLACES), max(places, FEWEST_PLACES), use_l10n=True)
    return shown.replace("-", "−")
