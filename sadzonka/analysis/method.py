"""Which edition of the method an analysis follows, and the numbers that edition fixes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sadzonka.analysis.checks import MethodError, finite_number

METHOD_VERSION = "1.0"
KNOWN_VERSIONS = ("1.0",)  # every edition whose results this code still computes, bit for bit


@dataclass(frozen=True, slots=True)
class Method:
    """An edition of the method with its two shares (method, section 5); a record carries it.

    `robust_share` of all weightings make the lower end robustly good, `possible_share` make the upper
    end possibly good. Five dimensions, four classes and nine decimals belong to the version itself.
    A version that this code does not know and shares outside 0 to 1 raise `MethodError`.

    >>> Method().robust_share
    0.95
    >>> Method(version="0.9")
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: method: version '0.9' is none of 1.0
    """

    version: str = METHOD_VERSION
    robust_share: float = 0.95
    possible_share: float = 0.05

    def __post_init__(self) -> None:
        """Refuse an edition that this code cannot follow."""
        if self.version not in KNOWN_VERSIONS:
            raise MethodError("method", f"version {self.version!r} is none of {', '.join(KNOWN_VERSIONS)}")
        for name in ("robust_share", "possible_share"):
            share = finite_number(name, getattr(self, name))
            if not 0 <= share <= 1:
                raise MethodError(name, f"{share} is outside 0 to 1")
            object.__setattr__(self, name, share)

    def as_record(self) -> Mapping[str, str | float]:
        """Return it as the input record carries it.

        >>> dict(Method().as_record())
        {'version': '1.0', 'robust_share': 0.95, 'possible_share': 0.05}
        """
        return {
            "version": self.version,
            "robust_share": self.robust_share,
            "possible_share": self.possible_share,
        }


METHOD = Method()  # today's
