"""Modules of users, by name or from a file: what stands beside them can be imported while they load."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module, util
from pathlib import Path
from types import ModuleType


def module_named(name: str) -> ModuleType:
    """Import a module; the current folder is looked into first. Whatever it raises is raised."""
    with _first_on_path(""):
        return import_module(name)


def module_in(path: Path) -> ModuleType:
    """Run a file as a module of its own, beside what is in its folder. Whatever it raises is raised."""
    spec = util.spec_from_file_location(f"axiomcheck_user_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    with _first_on_path(str(path.parent.resolve())):
        spec.loader.exec_module(module)
    return module


@contextmanager
def _first_on_path(folder: str) -> Iterator[None]:
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)
