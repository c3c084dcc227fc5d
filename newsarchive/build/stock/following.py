"""Whether pages may be rendered in any order, each in any process.

They may not where one page leaves something behind for the next: a template that appends to a list
of the site's, a filter that counts. This looks for what could, and takes what it cannot tell for a
yes; pages are then rendered one by one, in Pelican's order.
"""

import dis
import re
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from types import CodeType, FunctionType, ModuleType
from typing import Any

from jinja2 import Environment, TemplateError, nodes

_CHANGES = {
    *("add", "append", "appendleft", "clear", "discard", "extend", "extendleft", "insert"),
    *("next", "pop", "popitem", "popleft", "remove", "reset", "reverse", "rotate", "send"),
    *("setattr", "setdefault", "sort", "update", "write", "writelines"),
    *("__delitem__", "__iadd__", "__next__", "__setattr__", "__setitem__"),
}
_NAMES = "|".join(sorted(_CHANGES))
_SUSPECT = re.compile(rf"\.\s*(?:{_NAMES})\s*\(|[\"'](?:{_NAMES})[\"']|\|\s*attr\b")
_STORES = ("STORE_GLOBAL", "STORE_ATTR", "STORE_S", "DELETE_GLOBAL", "DELETE_ATTR", "DELETE_SUBSCR")
_DATA = (str, bytes, int, float, complex, type(None), tuple, frozenset, re.Pattern, list, dict, set)
_TRUSTED = {*sys.stdlib_module_names, "jinja2", "markupsafe", "pelican"}


def obstacle(environment: Environment, context: Mapping[str, Any]) -> str | None:
    """Say what may change from one page to the next, if anything may."""
    callables: tuple[tuple[str, Mapping[str, Any]], ...] = (
        *(("filter", environment.filters), ("test", environment.tests)),
        *(("global", environment.globals), ("setting", context)),
    )
    for kind, named in callables:
        for name, value in named.items():
            if callable(value) and _keeps(value):
                return f"the {kind} {name} may keep something from one page to the next"
    for name, tree in _suspects(environment):
        if _changes_something(tree):
            return f"the template {name} may change what others show"
    return None


def _suspects(environment: Environment) -> Iterator[tuple[str, nodes.Template]]:
    assert environment.loader  # noqa: S101  # Pelican sets one
    for name in environment.list_templates():
        try:
            source = environment.loader.get_source(environment, name)[0]
            if _SUSPECT.search(source):
                yield name, environment.parse(source)
        except (TemplateError, UnicodeError):
            continue  # no template, or none that could be rendered


def _changes_something(tree: nodes.Template) -> bool:
    """Whether a template may change what it did not make itself, anew for each page."""
    made = set() if tree.find(nodes.Macro) else _made_by(tree)  # macros are made once for many
    return any(_changes(call.node, made) for call in tree.find_all(nodes.Call))


def _changes(called: nodes.Node, made: set[str]) -> bool:
    if isinstance(called, nodes.Filter):
        return called.name == "attr"
    if isinstance(called, nodes.Getattr):
        return called.attr in _CHANGES and _root(called) not in made
    if isinstance(called, nodes.Getitem):
        return getattr(called.arg, "value", "append") in _CHANGES
    return False


def _root(node: nodes.Node) -> str | None:
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else None


def _made_by(tree: nodes.Template) -> set[str]:
    """The names that stand for nothing but what the template itself makes out of nothing."""
    stored = [name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"]
    return {
        assign.target.name
        for assign in tree.find_all(nodes.Assign)
        if isinstance(assign.target, nodes.Name)
        and _is_fresh(assign.node)
        and stored.count(assign.target.name) == 1
    }


def _is_fresh(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Call):
        name = getattr(node.node, "name", "")
        return name in {"namespace", "cycler", "joiner"} and len([*node.find_all(nodes.Name)]) == 1
    return isinstance(node, nodes.List | nodes.Dict) and not node.find(nodes.Name)


def _keeps(value: Any, seen: frozenset[int] = frozenset()) -> bool:  # noqa: ANN401  # any callable
    """Whether what is called may keep something from one call to the next."""
    value = getattr(value, "__wrapped__", value)
    if isinstance(value, partial):
        bound = chain(value.args, value.keywords.values())
        return _keeps(value.func, seen) or not all(isinstance(each, _DATA) for each in bound)
    owner = getattr(value, "__self__", None)
    if owner is not None and not isinstance(owner, ModuleType | type):
        return True  # a method of something that lasts
    if isinstance(value, type) or _is_trusted(value):
        return False
    return not isinstance(value, FunctionType) or _function_keeps(value, seen | {id(value)})


def _is_trusted(value: Any) -> bool:  # noqa: ANN401  # as above
    module = str(getattr(value, "__module__", None) or type(value).__module__)
    own = module == "pelican.plugins._utils" or not module.startswith("pelican.plugins.")
    return own and module.partition(".")[0] in _TRUSTED


def _function_keeps(function: FunctionType, seen: frozenset[int]) -> bool:
    if any(_code_keeps(code) for code in _codes(function.__code__)):
        return True
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    names = set(chain.from_iterable(code.co_names for code in _codes(function.__code__)))
    values = [function.__globals__[name] for name in names & function.__globals__.keys()]
    return any(_leads_to_keeping(value, function, seen) for value in (*cells, *values))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _code_keeps(code: CodeType) -> bool:
    return any(
        step.opname.startswith(_STORES)
        or (step.opname == "STORE_DEREF" and step.argval in code.co_freevars)
        or (step.opname.startswith("LOAD_") and step.argval in _CHANGES)
        for step in dis.get_instructions(code)
        if isinstance(step.argval, str) or step.opname.startswith(_STORES)
    )


def _leads_to_keeping(value: Any, user: FunctionType, seen: frozenset[int]) -> bool:  # noqa: ANN401  # as above
    """Whether a function may keep something through what it uses."""
    if isinstance(value, ModuleType | _DATA) or id(value) in seen:
        return False
    if isinstance(value, FunctionType) and not _is_of_one_package(value, user):
        return False  # other people's libraries
    return _keeps(value, seen) if callable(value) else True


def _is_of_one_package(one: FunctionType, other: FunctionType) -> bool:
    return one.__module__.partition(".")[0] == other.__module__.partition(".")[0]
