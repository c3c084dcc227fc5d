"""A template is known by its text, by all that it takes in, and by the values that these use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from pelican.generators import Generator
from pelican.settings import read_settings

from newsarchive.build.fingerprint import Digests
from newsarchive.build.templates import Mentions, Templates, compiled

FILES = {
    "page.html": '{% extends "frame.html" %}{% block main %}{{ text }}{% endblock %}',
    "frame.html": '{% import "macros.html" as macros %}{% block main %}{% endblock %}',
    "macros.html": "{% macro name(site) %}{{ site }} of {{ town }}{% endmacro %}",
    "other.html": "Another. {{ motto }}",
    "choosing.html": '{% include "cards/" ~ kind ~ ".html" %}',
    "lenient.html": '{% include "extra.html" ignore missing %}{% include ["x", "other.html"] %}',
    "strict.html": '{% include "extra.html" %}',
}
NAMES = {"page", "other", "choosing", "lenient"}
SHARED = {"town": "Port", "motto": "Slow News", "unused": 1}
MACRO = "{% macro m(a, b='&') %}<i>{{ a }}</i>{{ b }}{% endmacro %}"
CALLS = {
    "all of a macro": f"{MACRO}{{{{ m(text, 1) }}}}",
    "a part of a macro": f"{MACRO}{{{{ m(text) }}}}",
    "by name": f"{MACRO}{{{{ m(b=1, a=text) }}}}{{{{ double(text=text) }}}}",
    "kept": f"{MACRO}{{% set kept = m(text, 1) %}}{{{{ kept }}}}{{{{ kept ~ text }}}}",
    "unescaped": f"{MACRO}{{% autoescape false %}}{{{{ m(text, 1) }}}}{{% endautoescape %}}",
    "unescaped within": (
        "{% macro i() %}<b>{% endmacro %}{% macro o() %}{{ i() }}{% endmacro %}"
        "{% autoescape false %}{{ o() }}{% endautoescape %}"
    ),
    "at its end": "{{ end() is defined }}",
    "any number": "{% macro m(a) %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, b=text) }}",
    "back": "{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(n) m() %}{{ n }}{% endcall %}",
    "a method": "{{ text.upper() }}{{ '{:,}'.format(1000) }}",
    "a function": "{{ double(text) }}{{ double(*[text]) }}",
    "a function that sees all": (
        "{% for n in (1, 2) %}{% set inner = n %}{{ see('inner') }}{% endfor %}"
        "{% block b %}{% set within = text %}{{ see('within') }}{% endblock %}"
    ),
}

Digest = Callable[..., dict[str, bytes]]


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A theme's templates."""
    folder = tmp_path / "theme" / "templates"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def digest(theme: Path) -> Digest:
    """The digests of templates, as one build after the other finds them."""
    known: dict[str, Mentions] = {}

    def found(names: set[str] = NAMES, shared: Any = SHARED, **settings: Any) -> dict[str, bytes]:  # noqa: ANN401
        override = {"THEME": str(theme.parent), "PATH": str(theme), **settings}
        every = read_settings(override=override)
        places = {"path": str(theme), "theme": every["THEME"], "output_path": ""}
        generator = Generator(context={}, settings=every, **places)
        return Templates(generator, shared).digests(names, Digests(), known)

    return found


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Which templates are no longer what they were."""
    return {name for name, digest in before.items() if after[name] != digest}


def test_nothing_changed(digest: Digest) -> None:
    """Every template is what it was."""
    assert changed(digest(), digest()) == set()


@pytest.mark.parametrize(
    ("file", "users"),
    [
        ("page.html", {"page", "choosing"}),
        ("macros.html", {"page", "choosing"}),
        ("other.html", {"other", "choosing", "lenient"}),
        ("strict.html", {"choosing"}),
    ],
)
def test_a_file_edited(digest: Digest, theme: Path, file: str, users: set[str]) -> None:
    """All that take it in have changed; so has one that works out a name, which may be any."""
    before = digest()
    (theme / file).write_text(f"{FILES[file]} Edited.", encoding="utf-8")
    assert changed(before, digest()) == users


@pytest.mark.parametrize(
    ("name", "users"),
    [
        ("town", {"page", "choosing"}),
        ("motto", {"other", "choosing", "lenient"}),
        ("unused", set()),
    ],
)
def test_a_shared_value_changed(digest: Digest, name: str, users: set[str]) -> None:
    """Those have changed that refer to it, or take in one that does."""
    assert changed(digest(), digest(shared={**SHARED, name: "another"})) == users


def test_a_value_that_cannot_be_seen_into(digest: Digest) -> None:
    """It counts as changed at every build."""
    shared = {**SHARED, "motto": object()}
    assert changed(digest(shared=shared), digest(shared=shared)) == {"other", "choosing", "lenient"}


def test_a_template_that_comes_later(digest: Digest, theme: Path) -> None:
    """Those have changed that did without it."""
    before = digest()
    (theme / "extra.html").write_text("Extra.", encoding="utf-8")
    assert changed(before, digest()) == {"choosing", "lenient"}


def test_a_template_that_is_missed(digest: Digest) -> None:
    """It is told before anything is written."""
    with pytest.raises(TemplateNotFound, match="extra"):
        digest({"strict"})


def test_a_file_that_is_no_template(digest: Digest, theme: Path) -> None:
    """It is told where it is needed, and else is nobody's business."""
    (theme / "picture.png").write_bytes(b"\x89PNG\xff")
    (theme / "extra.html").write_text("{% if %}", encoding="utf-8")
    assert changed(digest(), digest()) == set()
    with pytest.raises(TemplateSyntaxError):
        digest({"strict"})


def test_other_delimiters(digest: Digest) -> None:
    """They make other templates of the same texts."""
    before = digest({"other"})
    brackets = {"variable_start_string": "[[", "variable_end_string": "]]"}
    after = digest({"other"}, JINJA_ENVIRONMENT=brackets)
    assert changed(before, after) == {"other"}
    shared = {**SHARED, "motto": "another"}
    assert changed(after, digest({"other"}, shared, JINJA_ENVIRONMENT=brackets)) == set()


def test_a_function_that_sees_all(digest: Digest) -> None:
    """A filter that is given the context may use any value."""
    filters = {"see": pass_context(lambda context, text: text + str(context["unused"]))}
    before = digest({"other"}, JINJA_FILTERS=filters)
    after = digest({"other"}, {**SHARED, "unused": 2}, JINJA_FILTERS=filters)
    assert changed(before, after) == {"other"}


def test_a_plugin_more(digest: Digest, theme: Path) -> None:
    """A template may ask for it."""
    text = "{% if 'x' is plugin_enabled %}X{% endif %}"
    (theme / "other.html").write_text(text, encoding="utf-8")
    before = digest({"other"}, PLUGINS=[])
    assert changed(before, digest({"other"}, PLUGINS=["x"])) == {"other"}


def test_compiled_beside(theme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compiled elsewhere is not compiled again; a template with a mistake is told of."""
    (theme / "wrong.html").write_text("{% if %}", encoding="utf-8")
    override = {"THEME": str(theme.parent), "PATH": str(theme), "OUTPUT_PATH": ""}
    settings = read_settings(override=override)
    codes = compiled(settings)
    generator = Generator({}, settings, str(theme), str(theme.parent), "")
    found = Templates(generator, SHARED, lambda: codes)
    monkeypatch.setattr(Environment, "compile", Environment.parse)
    assert found.render("page", {"text": "Sailed"}) == "Sailed"
    with pytest.raises(TemplateSyntaxError):
        found.get("wrong")


@pytest.mark.parametrize("name", CALLS)
def test_calls(theme: Path, name: str) -> None:
    """They print what they print in Jinja."""
    (theme / "calls.html").write_text(CALLS[name], encoding="utf-8")
    settings = read_settings(override={"THEME": str(theme.parent), "PATH": str(theme)})
    places = {"path": str(theme), "theme": settings["THEME"], "output_path": ""}
    functions = {"double": double, "end": end, "see": see}
    templates = Templates(Generator(context={}, settings=settings, **places), functions)
    plain = Environment(autoescape=True).from_string(CALLS[name], functions)
    values = {"text": "<&>"}
    assert templates.render("calls", values) == plain.render(values)


def double(text: str) -> str:
    """A function as most are."""
    return text * 2


def end() -> None:
    """A function that has nothing more to give."""
    raise StopIteration


@pass_context
def see(context: Context, name: str) -> str:
    """A function that is given the context."""
    return str(context[name])
