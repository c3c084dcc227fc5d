"""What stands the same on many pages is rendered once: a menu of all sections, for one.

A loop of a template is such a fragment where all that it refers to is known: lists that all pages
share, plain values, and what is only compared. While nothing can change (``contents.Quiet``), the
loop makes the same text from the same values.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import Environment, Undefined, nodes
from pelican.contents import Content
from pelican.urlwrappers import URLWrapper

from newsarchive.build.stock import contents

_FRAGMENT = "_newsarchive_fragment"
_MOST = 1000  # texts that are kept
_PLAIN = {str, int, float, bool, type(None)}
_SIMPLE = (
    *(nodes.For, nodes.If, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name),
    *(nodes.Getattr, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Tuple),
)


class Fragments:
    """The fragments of one environment's templates, and their texts so far."""

    def __init__(self, environment: Environment, shared: Mapping[str, Any]) -> None:
        self._shared = shared
        self._texts: dict[tuple[Any, ...], str] = {}
        self._count = 0
        self._parse = environment._parse  # noqa: SLF001  # Jinja has no public hook
        environment.globals[_FRAGMENT] = self._text

    def parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template with its fragments marked, in place of the environment's own way."""
        tree = self._parse(source, name, filename)
        stored = _stored(tree)
        for siblings in _bodies(tree):
            for place, node in enumerate(siblings):
                if isinstance(node, nodes.For) and _is_fragment(node, stored):
                    siblings[place] = self._marked(node)
        return tree

    def _marked(self, loop: nodes.For) -> nodes.CallBlock:
        """The loop as the body of a call, which gets all that the loop refers to."""
        self._count += 1
        names = sorted(_free(loop))
        compared = _only_compared(loop)
        told = nodes.Const((self._count, tuple((name, name in compared) for name in names)))
        values = [nodes.Name(name, "load") for name in names]
        call = nodes.Call(nodes.Name(_FRAGMENT, "load"), [told, *values], [], None, None)
        block = nodes.CallBlock(call, [], [], [loop])
        block.set_lineno(loop.lineno, override=True)
        return block

    def _text(
        self,
        told: tuple[int, tuple[tuple[str, bool], ...]],
        *values: Any,  # noqa: ANN401  # whatever templates are given
        caller: Callable[[], str],
    ) -> str:
        number, names = told
        if not contents.is_quiet():
            return caller()
        signs = [self._sign(*how, value) for how, value in zip(names, values, strict=True)]
        if None in signs:
            return caller()
        key = number, self._shared.get("localsiteurl"), *signs
        text = self._texts.get(key)
        if text is None:
            text = caller()
            if len(self._texts) < _MOST:
                self._texts[key] = text
        return text

    def _sign(self, name: str, compared: bool, value: Any) -> object:  # noqa: ANN401, FBT001  # as above
        """Something that is equal for two values only if the loop cannot tell them apart."""
        if type(value) in _PLAIN:
            return type(value), value
        if isinstance(value, Undefined):
            return Undefined
        if compared and isinstance(value, URLWrapper):
            return type(value), value.slug
        if compared and isinstance(value, Content):
            return Content, id(value)  # it outlasts the page
        return (list, name) if self._shared.get(name) is value else None


def _bodies(tree: nodes.Template) -> Iterator[list[nodes.Node]]:
    """All lists of statements, the outer before the inner."""
    yield tree.body
    node: Any
    for node in tree.find_all((nodes.Block, nodes.If, nodes.For)):
        yield node.body
        yield getattr(node, "else_", [])


def _stored(tree: nodes.Template) -> set[str]:
    """The names that are given a value in a template."""
    stored = _bound(tree)
    stored.update(each.target for each in tree.find_all(nodes.Import))
    for each in tree.find_all(nodes.FromImport):
        stored.update(name if isinstance(name, str) else name[1] for name in each.names)
    stored.update(macro.name for macro in tree.find_all(nodes.Macro))
    return stored


def _bound(tree: nodes.Node) -> set[str]:
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}


def _free(loop: nodes.For) -> set[str]:
    loaded = {name.name for name in loop.find_all(nodes.Name) if name.ctx == "load"}
    return loaded - _bound(loop) - {"loop"}


def _is_fragment(loop: nodes.For, stored: set[str]) -> bool:
    """Whether a loop refers to nothing but its own variables and those of the whole page."""
    if loop.recursive or not isinstance(loop.iter, nodes.Name):
        return False
    if not all(isinstance(node, _SIMPLE) for node in loop.find_all(nodes.Node)):
        return False
    free = _free(loop)
    of_the_page = free.isdisjoint(stored | {"caller", "kwargs", "varargs"})
    return of_the_page and loop.iter.name in free


def _only_compared(loop: nodes.For) -> set[str]:
    """The names of which a loop wants to know nothing but what they are equal to."""
    sides = [
        side
        for compare in loop.find_all(nodes.Compare)
        if all(operand.op in {"eq", "ne"} for operand in compare.ops)
        for side in (compare.expr, *(operand.expr for operand in compare.ops))
    ]
    compared = Counter(side.name for side in sides if isinstance(side, nodes.Name))
    loaded = Counter(name.name for name in loop.find_all(nodes.Name) if name.ctx == "load")
    return {name for name, times in compared.items() if loaded[name] == times}
