"""The templates of a site: found as Pelican finds them, and known by all that they depend on."""

import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, NamedTuple

import jinja2
from jinja2 import (
    BytecodeCache,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
    runtime,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from pelican.generators import Generator

from newsarchive.build import fingerprint
from newsarchive.build.fingerprint import Digests

try:  # what ``escape`` itself makes a Markup of
    from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]
except ImportError:
    escaped = escape

MOST_PRINTED = 30_000  # results of ``once``: what is on every page, and stories in lists
# Settings from which Pelican makes the environment of its templates, which may ask for PLUGINS;
# what is in JINJA_GLOBALS counts where a template mentions it.
CUSTOM = ("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_TESTS", "PLUGINS")
ANY = "*"


class Mentions(NamedTuple):
    """What a template mentions: other templates, and variables that it does not set itself.

    ``options`` are templates that it can do without, ANY where it works a name out.
    """

    templates: Sequence[str]
    variables: Sequence[str]
    options: Sequence[str] = ()


class Closure(NamedTuple):
    """A template with all that it takes in: their texts by name, the variables of all."""

    texts: Mapping[str, bytes]
    variables: frozenset[str]


class Templates:
    """Templates by name; a worker that has been sent them looks them up for itself.

    ``generator`` is one of Pelican's, whose environment is used and given ``shared``, the values
    that every template may refer to. ``codes`` are what ``compiled`` gives.
    """

    def __init__(
        self,
        generator: Generator,
        shared: Mapping[str, Any],
        codes: Callable[[], dict[str, bytes]] | None = None,
    ) -> None:
        self._variables: dict[str, frozenset[str]] = {}  # that each template may mention
        self._settings = generator.settings
        self._shared = shared
        if codes:
            generator.env.bytecode_cache = _Codes(codes)
        self._use(generator)

    def _use(self, generator: Generator) -> None:
        """Escape what templates print, and let them miss nothing."""
        generator.env.code_generator_class = _Lean
        generator.env.template_class = _Template
        generator.env.cache = {}  # without a lock: only one thread renders
        generator.env.auto_reload = False  # nor does a build look for changes while it goes on
        generator.env.autoescape = True
        generator.env.undefined = jinja2.StrictUndefined
        generator.env.globals.update(self._shared, once=once)
        self._generator = generator
        # Whether a function of the settings asks Jinja for all that a template may use.
        names = ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")
        functions = chain.from_iterable(self._settings.get(name, {}).values() for name in names)
        self._sees_all = any(hasattr(function, "jinja_pass_arg") for function in functions)

    def get(self, name: str) -> Template:
        """Find a template, compiled; ``name`` is without its extension."""
        template: Template = self._generator.get_template(name)
        return template

    @property
    def names(self) -> set[str]:
        """All that can be found, without their extensions."""
        names = self._generator.env.list_templates()
        return {os.path.splitext(name)[0] for name in names}  # noqa: PTH122  # no path

    def __getstate__(self) -> tuple[dict[str, Any], Mapping[str, Any]]:
        return dict(sendable(self._settings)), self._shared

    def __setstate__(self, state: tuple[dict[str, Any], Mapping[str, Any]]) -> None:
        self._settings, self._shared = state
        self._variables = {}
        self._use(_generator(self._settings))

    def digests(
        self, names: set[str], digests: Digests, known: dict[str, Mentions]
    ) -> dict[str, bytes]:
        """The digest of each template: its text, all that it takes in, the values that these use.

        What cannot be seen into counts as changed at every build. ``known`` are the mentions in
        texts by their digests, and is added to.
        """
        custom = tuple(digests.seen(self._settings.get(name)) for name in CUSTOM)
        globals_ = self._generator.env.globals
        files: dict[str, tuple[bytes, Mentions]] = {}
        found = {}
        for name in names:
            closure = self._closure(name, known, files)
            shared = sorted(globals_ if self._sees_all else closure.variables & globals_.keys())
            values = {key: globals_[key] for key in shared}
            texts = tuple(sorted(closure.texts.items()))
            found[name] = digests.of((texts, custom, digests.seen(values)))
            self._variables[name] = closure.variables
        return found

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Print a template; of ``values`` that are calls, those are made that it mentions."""
        if name not in self._variables:
            self._variables[name] = self._closure(name, {}, {}).variables
        mentioned, sees_all = self._variables[name], self._sees_all
        made = {
            key: value() if type(value) is partial and (sees_all or key in mentioned) else value
            for key, value in values.items()
        }
        return self.get(name).render(made)

    def _closure(
        self, name: str, known: dict[str, Mentions], files: dict[str, tuple[bytes, Mentions]]
    ) -> Closure:
        taken: dict[str, bytes] = {}
        used: set[str] = set()
        waiting = [self._file(name)]
        needed = set(waiting)
        while waiting:
            file = waiting.pop()
            if file in taken:
                continue
            try:
                if file not in files:
                    files[file] = self._read(file, known)
            except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError):
                if file in needed:
                    raise
                taken[file] = b""
                continue
            taken[file], mentions = files[file]
            used.update(mentions.variables)
            if file in needed:
                needed.update(mentions.templates)
            waiting += mentions.templates
            every = ANY in mentions.options
            waiting += self._generator.env.list_templates() if every else mentions.options
        return Closure(taken, frozenset(used))

    def _file(self, name: str) -> str:
        """The file of a template, found without compiling it."""
        loader = self._generator.env.loader
        for extension in self._settings["TEMPLATE_EXTENSIONS"]:
            with suppress(TemplateNotFound):
                loader.get_source(self._generator.env, name + extension)
                return f"{name}{extension}"
        return str(self.get(name).name)  # which says what is missing

    def _read(self, file: str, known: dict[str, Mentions]) -> tuple[bytes, Mentions]:
        env = self._generator.env
        source, path, _ = env.loader.get_source(env, file)
        digest = fingerprint.of_bytes(source.encode())
        parsed_by = repr(self._settings.get("JINJA_ENVIRONMENT"))
        key = fingerprint.of_bytes(parsed_by.encode() + digest).hex()
        if key not in known:
            known[key] = self._mentions(source, path)
        return digest, known[key]

    def _mentions(self, source: str, path: str | None) -> Mentions:
        bare = self._generator.env.overlay()
        bare.globals = {}  # whatever is in there would not be told as a variable
        tree = bare.parse(source, filename=path)
        needed = {
            node.template.value
            for node in tree.find_all(
                (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
            )
            if isinstance(node.template, nodes.Const) and not getattr(node, "ignore_missing", False)
        }
        named = {name or ANY for name in meta.find_referenced_templates(tree)}
        variables = meta.find_undeclared_variables(tree)
        return Mentions(sorted(needed & named), sorted(variables), sorted(named - needed))


def compiled(settings: Mapping[str, Any]) -> dict[str, bytes]:
    """Compile the templates of a theme, for a process that does something else meanwhile.

    What is wrong in one is met again where that is wanted.
    """
    generator = _generator(settings)
    codes: dict[str, bytes] = {}
    templates = Templates(generator, {}, lambda: codes)
    for file in Path(generator.theme, "templates").glob("*.html"):
        with suppress(Exception):
            templates.get(file.stem)
    return codes


class _Codes(BytecodeCache):
    """The code of templates by Jinja's keys, which no disk ever holds."""

    def __init__(self, codes: Callable[[], dict[str, bytes]]) -> None:
        self._codes = codes

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._codes().get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes()[bucket.key] = bucket.bytecode_to_string()


def _generator(settings: Mapping[str, Any]) -> Generator:
    names = {"path": "PATH", "theme": "THEME", "output_path": "OUTPUT_PATH"}
    places = {name: settings[setting] for name, setting in names.items()}
    return Generator(context={}, settings=settings, **places)


def printed(value: Any) -> str:  # noqa: ANN401  # whatever a template prints
    """Escape a value to be printed; unlike Jinja's own way, without making a text a Markup first.

    Most of what a page prints is plain text, and joined to the page at once.
    """
    kind = type(value)
    if kind is str:
        return escaped(value)
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)


class _Template(Template):
    """A template whose macros are made once: no template here has globals of its own."""

    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002  # as Jinja names them
        shared: bool = False,  # noqa: FBT001, FBT002
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> Context:
        every = vars if shared else {**self.environment.globals, **(vars or {})}
        known = self.environment, self.name, self.blocks
        return runtime.new_context(*known, every, shared=True, locals=locals)

    def _get_default_module(self, _context: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class _Lean(CodeGenerator):
    """Compiles templates to code that prints by ``printed`` and calls by ``called``."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        self.writeline(f"from {__name__} import called, printed")
        super().visit_Template(node, frame)

    def visit_Call(  # noqa: N802
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        named = node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller
        if named or self.environment.is_async or not _escapes(frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("called(context, ")
        self.write("_loop_vars, " if frame.loop_frame else "None, ")
        self.write("_block_vars, " if frame.block_frame else "None, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        if finalize.src is not None or not _escapes(frame):
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("printed(")


def _escapes(frame: Frame) -> bool:
    """Tell whether it is known by now that what is printed is escaped."""
    return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile)


def called(
    context: Context,
    loop_vars: object,
    block_vars: object,
    function: Any,  # noqa: ANN401  # whatever a template calls
    *values: object,
) -> Any:  # noqa: ANN401
    """Call a macro with all its arguments, or any plain function, at once.

    Jinja's own way finds out at each call what else it might want, in as long as most take.
    """
    kind = type(function)
    if kind is Macro:
        plain = not (function.caller or function.catch_kwargs or function.catch_varargs)
        if plain and len(values) == len(function.arguments) and context.eval_ctx.autoescape:
            return str.__new__(Markup, function._func(*values))  # noqa: SLF001
    elif kind in _PLAIN:
        asking = function.__func__ if kind is MethodType else function
        if not hasattr(asking, "jinja_pass_arg"):
            try:
                return function(*values)
            except StopIteration:  # which would end the page
                return context.environment.undefined(f"{function.__name__} has nothing more")
    return context.call(function, *values, _loop_vars=loop_vars, _block_vars=block_vars)


_PLAIN = frozenset({BuiltinFunctionType, FunctionType, MethodType})

# What ``once`` has printed, by the identities of macro and values, which are kept alive with it.
_PRINTED: dict[tuple[int, ...], tuple[tuple[object, ...], str]] = {}


def once(macro: Callable[..., str], *values: object) -> str:
    """Print what a macro prints of values that are the same objects on many pages."""
    key = (id(macro), *map(id, values))
    known = _PRINTED.get(key)
    if known is None:
        if len(_PRINTED) > MOST_PRINTED:
            _PRINTED.clear()
        known = _PRINTED[key] = (macro, *values), macro(*values)
    return known[1]


def sendable(settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The settings that another process can be sent."""
    for name, value in settings.items():
        try:
            pickle.dumps(value)
        except (pickle.PicklingError, AttributeError, TypeError):
            continue
        yield name, value
