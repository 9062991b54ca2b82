"""The written rules about the shape of the code, each as a test that can fail."""

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "sadzonka"
RUNNING = ROOT / "docs" / "running.md"
NOT_OURS = {".git", ".venv", "var", "node_modules", "media", "test-results", "static-collected"}


def our_files(*endings: str, under: Path = ROOT) -> list[Path]:
    """Return the project's files with these endings (all without any), but no caches and run-time files."""
    found = []
    for folder, names, files in os.walk(under):
        names[:] = [n for n in names if n not in NOT_OURS and n != "__pycache__" and not n.endswith("_cache")]
        found += [Path(folder, file) for file in files if not endings or file.endswith(endings)]
    return sorted(found)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


PYTHON = [path for path in our_files(".py", under=CODE) if "migrations" not in path.parts]
TEMPLATES = our_files(".html", under=CODE)


# --- files and names


def test_no_python_file_passes_400_lines() -> None:
    lengths = {shown(path): len(text_of(path).splitlines()) for path in PYTHON}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_every_python_file_begins_by_saying_what_it_is_for() -> None:
    silent = [shown(path) for path in PYTHON if text_of(path).strip() and not ast.get_docstring(parsed(path))]
    assert silent == []


def test_no_module_or_class_has_a_name_that_says_nothing() -> None:
    drawers = {"base", "data", "helper", "helpers", "info", "manager", "managers", "misc", "mixins"}
    drawers |= {"service", "services", "tool", "tools", "util", "utils", "various"}
    vague = re.compile(r"\w(Manager|Service|Helper|Util|Utils|Base|Data|Info)$")
    modules = [shown(path) for path in PYTHON if path.stem in drawers or path.parent.name in drawers]
    classes = [
        f"{shown(path)}: {node.name}"
        for path in PYTHON
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
        # What extends Django's Manager is a manager: the word is Django's, and so is the job.
        and (found := vague.search(node.name))
        and not any(ast.unparse(extended).split("[")[0].endswith(found[1]) for extended in node.bases)
    ]
    assert modules + classes == []


def test_migrations_are_named() -> None:
    migrations = [path for path in our_files(".py", under=CODE) if path.parent.name == "migrations"]
    unnamed = [
        shown(path)
        for path in migrations
        if path.stem != "__init__" and ("_auto_" in path.stem or not re.match(r"\d{4}_[a-z]", path.stem))
    ]
    assert unnamed == []


# --- layers


def layers() -> dict[str, int]:
    """Return each package's height in the import contract of pyproject.toml; 0 is the lowest."""
    contracts = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (written,) = [contract["layers"] for contract in contracts if contract["id"] == "layers"]
    return {
        name.strip(" ()"): height
        for height, layer in enumerate(reversed(written))
        for name in layer.split("|")
    }


def relations() -> Iterator[tuple[str, str, str]]:
    """Yield (model.field, its package, the package it points to), string relations too."""
    for model in apps.get_models(include_auto_created=True):
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.remote_field and field.remote_field.model
            if (
                target
                and model.__module__.startswith("sadzonka.")
                and target.__module__.startswith("sadzonka.")
            ):
                name = f"{model._meta.label}.{field.name}"
                if target._meta.label != settings.AUTH_USER_MODEL:
                    yield name, model.__module__.split(".")[1], target.__module__.split(".")[1]


def test_relations_point_the_way_that_imports_go() -> None:
    heights = layers()
    upwards = [
        f"{field}: {source} -> {target}"
        for field, source, target in relations()
        if heights[target] > heights[source]
    ]
    assert upwards == []


# --- who may write


WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
READERS = {"queries", "rules", "views", "forms", "feeds", "tables", "exports", "sitemaps", "context", "api"}


def parsed(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=shown(path))


def names_in(expression: ast.expr) -> set[str]:
    """Return the attribute names of a chain such as Visit.objects.filter(...).update."""
    return {node.attr for node in ast.walk(expression) if isinstance(node, ast.Attribute)}


def writes_in(path: Path) -> list[str]:
    """Return the calls in a module that change the database (a dict may be updated, a queryset may not)."""
    found = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            verb, chain = node.func.attr, names_in(node.func.value)
            is_queryset = bool(chain & {"objects", "filter", "exclude", "all"})
            if verb in WRITES or (verb == "update" and is_queryset):
                found.append(f"{shown(path)}:{node.lineno} .{verb}()")
    return found


def is_reader(path: Path) -> bool:
    parts = path.relative_to(CODE).with_suffix("").parts
    return bool(READERS.intersection(parts)) or "commands" in parts


@pytest.mark.parametrize("path", [p for p in PYTHON if is_reader(p)], ids=shown)
def test_only_actions_write(path: Path) -> None:
    assert writes_in(path) == []


@pytest.mark.parametrize("path", [p for p in PYTHON if p.stem == "rules"], ids=shown)
def test_rules_are_named_as_questions(path: Path) -> None:
    answers = [
        node.name
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "bool"
    ]
    assert [
        name for name in answers if not name.lstrip("_").startswith(("may_", "can_", "is_", "has_"))
    ] == []


# --- pages


class Tags(HTMLParser):
    """Collects a template's start tags with their attributes."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        # What the template language adds may hold < and >, and never changes which tag it stands in.
        plain = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", template, flags=re.DOTALL)
        self.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", plain, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_htmx_sits_only_on_real_links_and_forms() -> None:
    wrong = [
        f"{shown(path)}: <{tag}>"
        for path in TEMPLATES
        for tag, attributes in Tags(text_of(path)).found
        if any(name.startswith(("hx-", "data-hx-")) for name in attributes)
        and not ((tag == "a" and "href" in attributes) or (tag == "form" and "action" in attributes))
    ]
    assert wrong == []


def test_templates_have_no_inline_styles_or_scripts() -> None:
    wrong = [
        f"{shown(path)}: <{tag}>"
        for path in TEMPLATES
        for tag, attributes in Tags(text_of(path)).found
        if tag == "style"
        or "style" in attributes
        or (tag == "script" and "src" not in attributes)
        or any(name.startswith("on") for name in attributes)
    ]
    assert wrong == []


COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|\bcolor\(|"
    r"\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange)\b",
    re.IGNORECASE,
)


def test_colours_are_named_once_in_tokens_css() -> None:
    literals = []
    for path in our_files(".css", under=CODE / "static"):
        if path.name not in {"tokens.css", "print.css"}:  # paper turns the tokens black and white
            rules = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", text_of(path), flags=re.DOTALL)
            # A value ends its declaration; a selector such as a:hover is followed by a brace instead.
            values = re.findall(r"[\w-]+\s*:\s*([^;{}]+)[;}]", rules)
            literals += [f"{shown(path)}: {value}" for value in values if COLOUR.search(value)]
    assert literals == []


# --- documents


def variables_in(paths: list[Path]) -> set[str]:
    return {name for path in paths for name in re.findall(r"\bSADZONKA_[A-Z_]+[A-Z]\b", text_of(path))}


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    code = [ROOT / "run", ROOT / ".ci" / "run", *our_files(".py"), *our_files(".sh")]
    read = variables_in([path for path in code if path != Path(__file__)])
    assert variables_in([RUNNING]) == read


def test_every_command_is_documented() -> None:
    files = [path for path in PYTHON if path.parent.name == "commands" and not path.stem.startswith("_")]
    documented = re.findall(r"manage ([\w-]+)", text_of(RUNNING))
    assert {path.stem for path in files} - set(documented) == set()


def test_every_documented_command_exists() -> None:
    documents = [*our_files(".md", under=ROOT / "docs"), *ROOT.glob("*.md")]
    named = {name for path in documents for name in re.findall(r"\./run manage ([a-z_-]+)", text_of(path))}
    assert named - set(get_commands()) == set()


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    own = project["project"]
    groups = [
        own["dependencies"],
        *own["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    named = {re.split(r"[\[<>=;]", line)[0] for group in groups for line in group}
    explained = re.findall(
        r"^\| `([\w.-]+)", text_of(ROOT / "docs/decisions/0001-dependencies.md"), re.MULTILINE
    )
    assert sorted(explained) == sorted(named)


def test_contributing_names_only_tests_that_exist() -> None:
    tests = {
        name
        for path in our_files(".py", under=ROOT / "tests")
        for name in re.findall(r"\bdef (test_\w+)", text_of(path))
    }
    named = set(re.findall(r"`(test_\w+)`", text_of(ROOT / "CONTRIBUTING.md")))
    assert named
    assert named - tests == set()


def test_every_ignored_style_rule_has_its_reason() -> None:
    block = re.search(r"^ignore = \[\n(.*?)^\]", text_of(ROOT / "pyproject.toml"), re.MULTILINE | re.DOTALL)
    assert block
    assert [line for line in block[1].splitlines() if "#" not in line] == []


def test_no_file_names_a_package_registry() -> None:
    # In pieces, so that this file passes its own test.
    hosts = [
        ".".join(pieces)
        for pieces in (
            ("pypi", "org"),
            ("files", "pythonhosted", "org"),
            ("registry", "npmjs", "org"),
            ("deb", "debian", "org"),
            ("crates", "io"),
            ("rubygems", "org"),
        )
    ]
    naming = [
        f"{shown(path)}: {host}"
        for path in our_files()
        for host in hosts
        if host.encode() in path.read_bytes()
    ]
    assert naming == []
