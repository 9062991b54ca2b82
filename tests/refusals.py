"""What a broken file of the demonstration is refused with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sadzonka.common.files import BrokenFile


def refusal_of(load: Callable[..., object], *given: object, **more: object) -> BrokenFile:
    with pytest.raises(BrokenFile) as refusal:
        load(*given, **more)
    return refusal.value
