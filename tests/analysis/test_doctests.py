"""Every public name of the analysis has a documented example, and every example runs."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

from sadzonka import analysis

MODULES = [f"{analysis.__name__}.{module.name}" for module in pkgutil.iter_modules(analysis.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_module_run(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert (found.failed, found.attempted > 0) == (0, True)


@pytest.mark.parametrize("name", analysis.__all__)
def test_public_name_shows_an_example(name: str) -> None:
    thing = getattr(analysis, name)
    if inspect.isclass(thing) or inspect.isfunction(thing):
        assert ">>>" in (inspect.getdoc(thing) or "")
