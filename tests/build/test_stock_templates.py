"""Templates of any theme show in the engine what they show in Pelican."""

from pathlib import Path

import pytest

from newsarchive.errors import PageFailed

from .stock import ENGINE, SETTINGS, apart, both

TEMPLATES = {
    "a shared list": "{% set _ = related_posts.append(1) %}{{ related_posts|length }}",
    "an own list": "{% set n = [] %}{% set _ = n.append(1) %}{{ n|length }}{{ article.title }}",
    "a shared object": "{{ article.__setattr__('title', article.title ~ '!') or article.title }}",
    "a filter": "{{ article.title|counted }}",
    "a global": "{{ ticket() }}",
    "an import": "{% import 'kept.html' as kept %}{{ kept.count() }}",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_that_leave_something_behind(site: Path, name: str) -> None:
    """Pages are then rendered in their order."""
    (site / "templates").mkdir()
    (site / "templates" / "article.html").write_text(TEMPLATES[name])
    if "kept.html" in TEMPLATES[name]:
        (site / "templates" / "kept.html").write_text(
            "{% set n = [] %}{% macro count() %}{% set _ = n.append(1) %}{{ n|length }}"
            "{% endmacro %}"
        )
    theirs, ours = both(
        site,
        THEME_TEMPLATES_OVERRIDES=[str(site / "templates")],
        JINJA_FILTERS={"counted": counted} if "counted" in TEMPLATES[name] else {},
        JINJA_GLOBALS={"ticket": Tickets().draw} if "ticket" in TEMPLATES[name] else {},
        **SETTINGS,
    )
    said = [line for line in ours if line.startswith("newsarchive")]
    assert [line for line in ours if line not in said] == theirs
    assert len(said) == (name != "an own list")


LOOPS = """\
{% for c, a in categories %}{% if c == category %}*{% endif %}{{ loop.index }}{% endfor %}
{% for c, a in categories %}{{ c }}{{ category.name }}{{ article.title }}{% endfor %}
{% set mark = article.title %}{% for t, a in tags %}{{ mark }}{{ t }}{% endfor %}
{% for p in pages %}{% for q in pages %}{{ p != q }}{{ q == page }}{% endfor %}{% endfor %}
{% macro m(x) %}{% for p in x %}{{ p.title }}{% endfor %}{% endmacro %}{{ m([article]) }}
{% for a in article.tags %}{{ a }}{% endfor %}{% for t in missing %}{{ t }}{% endfor %}
{% for p in pages if p.title == article.title %}{{ p.summary }}{% else %}-{% endfor %}
{% for article in related_posts %}{{ article }}{% endfor %}{{ article.title }}
{% for p in pages %}{{ p.content }}{{ p.url }}{{ output_file }}{% endfor %}
{% for d in dates %}{{ d.url }}{{ d == article }}{% endfor %}
{% if category %}{% for p in pages %}{{ p.url }}{{ SITEURL }}{% endfor %}{% endif %}
"""


@pytest.mark.parametrize("relative", [False, True])
def test_loops_that_may_be_the_same_on_many_pages(site: Path, *, relative: bool) -> None:
    """They show on each page what belongs there."""
    loops = {f"loop{number}.html": loop for number, loop in enumerate(LOOPS.splitlines())}
    page = "\n".join(f"{{% include '{name}' %}}" for name in loops)
    (site / "templates").mkdir()
    for name, template in {**loops, "article.html": page}.items():
        (site / "templates" / name).write_text(template)
    overrides = [str(site / "templates")]
    both(site, **{**SETTINGS, "THEME_TEMPLATES_OVERRIDES": overrides, "RELATIVE_URLS": relative})


COUNTS: list[int] = []


def counted(text: str) -> str:
    """A filter that knows how often it was used."""
    COUNTS.append(len(COUNTS))
    return f"{text} {COUNTS[-1]}"


class Tickets:
    """A function of a template's that gives another number each time."""

    number = 0

    def draw(self) -> int:
        """Draw one."""
        self.number += 1
        return self.number


def test_a_page_that_cannot_be_rendered_is_named(site: Path) -> None:
    """The error of a worker process begins with the source of the page."""
    (site / "templates").mkdir()
    (site / "templates" / "article.html").write_text("{{ 1 // (article.title|length - 6) }}")
    with pytest.raises(PageFailed, match=r"content/second\.md: ZeroDivisionError: "):
        apart(
            site,
            None,
            PLUGINS=ENGINE,
            NEWSARCHIVE_WORKERS=2,
            THEME_TEMPLATES_OVERRIDES=[str(site / "templates")],
            **SETTINGS,
        )
