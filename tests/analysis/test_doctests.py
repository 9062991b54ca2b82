"""Every public name of the analysis has a documented example, and every example runs."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

from sadzonka import analysis


def public_names(package: str) -> list[str]:
    """Names that a package offers; one of compiled loops, which only its callers know, offers none."""
    return getattr(importlib.import_module(package), "__all__", [])


FOUND = list(pkgutil.walk_packages(analysis.__path__, f"{analysis.__name__}."))
MODULES = [module.name for module in FOUND if not module.ispkg and "compiled" not in module.name]
PACKAGES = [analysis.__name__, *(module.name for module in FOUND if module.ispkg)]
PUBLIC = sorted({f"{package}:{name}" for package in PACKAGES for name in public_names(package)})


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_module_run(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert (found.failed, found.attempted > 0) == (0, True)


@pytest.mark.parametrize("public", PUBLIC)
def test_public_name_shows_an_example(public: str) -> None:
    package, name = public.split(":")
    thing = getattr(importlib.import_module(package), name)
    if inspect.isclass(thing) or inspect.isfunction(thing):
        assert ">>>" in (inspect.getdoc(thing) or "")
