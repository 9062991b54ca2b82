"""A generated table of the Local Data Bank about the demonstration's gminas, as large as is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from sadzonka.places.models import Period

TYPES = {"urban": 1, "rural": 2, "urban-rural": 3}
YEARS = range(2041, 2063)


def gminas() -> list[tuple[str, str]]:
    """Return the 7 digits and the name of every Polish gmina of the demonstration."""
    periods = Period.objects.filter(
        municipality__country="PL", municipality__is_invented=False, valid_to=None
    ).order_by("municipality__code")
    return [
        (f"{one.municipality.code}{TYPES[one.kind]}", one.name)
        for one in periods.select_related("municipality")
    ]


def bdl_table(
    labels: Sequence[str], years: Sequence[int] = YEARS, units: Sequence[tuple[str, str]] | None = None
) -> bytes:
    """Return the table as the Local Data Bank exports it: every cell is another number."""
    units = gminas() if units is None else units
    columns = [(label, year) for label in labels for year in years]
    head = ['"Kod"', '"Nazwa"', *(f'"{label};{year};[osoba]"' for label, year in columns)]
    rows = [";".join(head) + ";"]
    for number, (code, name) in enumerate(units):
        cells = [str(number * 1000 + n) for n in range(len(columns))]
        rows.append(";".join([code, f'"{name} ({code[-1]})"', *cells]) + ";")
    return "\n".join(rows).encode()
