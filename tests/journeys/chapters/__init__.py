"""The chapters of the whole story; what they assert is explained as well as in tests."""

import pytest

pytest.register_assert_rewrite(*(f"{__name__}.{chapter}" for chapter in ("group", "visit", "afterwards")))
