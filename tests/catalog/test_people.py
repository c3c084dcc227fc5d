"""Who made the stories, under one name each."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.article.article import Article
from newsarchive.catalog import authority, people
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.group import Entry, Listed, Person
from newsarchive.catalog.people import Run
from newsarchive.catalog.roll import Roll
from newsarchive.errors import Misfit
from newsarchive.wire.contribution import Contribution

Story = Callable[..., Article]

ADA = Person("ada-roe", "Ada Roe", "people/ada-roe/", ("Ada Row",), source_path="people/ada-roe.md")
BO = Person("bo-doe", "Bo Doe", "people/bo-doe/")
BY_NAME = {"Ada Roe": ADA, "Ada Row": ADA, "Bo Doe": BO}


def test_person_is_found_by_every_spelling() -> None:
    """The name that the archive uses and all that the copy has lead to one person."""
    assert authority.index([ADA, BO]) == (BY_NAME, [])


def test_spelling_claimed_twice() -> None:
    """A spelling of two people is a fault in the second file, naming the first."""
    other = Person("ada-row", "Ada Row", "people/ada-row/", source_path="people/ada-row.md")
    _, misfits = authority.index([ADA, other])
    problem = '"Ada Row" is a spelling of people/ada-roe.md already'
    cure = "keep it in one of the two"
    assert misfits == [Misfit("people/ada-row.md", "title", problem, cure)]


def test_person_whom_no_file_lists(story: Story, addresses: Addresses) -> None:
    """A name in the copy is a person without further ado."""
    stories = [story("a", contributions=(Contribution("Bo Doe", "Editing"),))]
    assert people.of_names(Roll.of(stories), {}, addresses.person) == ({"Bo Doe": BO}, [])


def test_name_without_an_address(story: Story, addresses: Addresses) -> None:
    """A name of which nothing is left for an address, or too much, is a fault."""
    for name in ("…", "x" * 241):
        signed = story("a", contributions=(Contribution(name, "Editing"),))
        _, misfits = people.of_names(Roll.of([signed]), {}, addresses.person)
        problem, cure = f'the name "{name}" makes no address', "list it in a file under people/"
        assert misfits == [Misfit("articles/a.md", name, problem, cure)]


def test_one_page_for_all_spellings(story: Story) -> None:
    """A story stands on a person's page once, with every role, however the copy spells the name."""
    signed = story(
        "a",
        contributions=(
            Contribution("Ada Roe", "Byline"),
            Contribution("Ada Row", "Reporting"),
            Contribution("Bo Doe", "Reporting"),
            Contribution("Ada Roe", "Reporting"),
        ),
    )
    edited = story("b", contributions=(Contribution("Ada Row", "Editing"),))
    stories = [signed, edited]
    ada, bo = people.groups(Listed.of(stories), Roll.of(stories), BY_NAME)
    assert (ada.name, ada.url, ada.person) == ("Ada Roe", "people/ada-roe/", ADA)
    assert tuple(ada.entries) == (Entry(signed, "Byline, Reporting"), Entry(edited, "Editing"))
    assert tuple(bo.entries) == (Entry(signed, "Reporting"),)


def test_runs_of_a_byline() -> None:
    """A byline's names lead to their people; the words between stay as sent."""
    byline = "By Ada Row and Bo Doe"
    named = (Contribution("Ada Row", "Byline"), Contribution("Bo Doe", "Byline"))
    assert people.runs(byline, named, BY_NAME) == (
        Run("By "),
        Run("Ada Row", ADA.url),
        Run(" and "),
        Run("Bo Doe", BO.url),
    )


def test_runs_of_a_name_twice() -> None:
    """A person named in two roles is linked in both."""
    named = (Contribution("Ada Roe", "Reporting"), Contribution("Ada Roe", "Editing"))
    runs = people.runs("(Reporting by Ada Roe; Editing by Ada Roe)", named, BY_NAME)
    assert [run.url for run in runs] == ["", ADA.url, "", ADA.url, ""]


def test_runs_of_a_line_without_names() -> None:
    """A line that names nobody is one run, an empty one none."""
    assert people.runs("By our staff", (), BY_NAME) == (Run("By our staff"),)
    assert people.runs("", (), BY_NAME) == ()
    assert people.runs("By X", (Contribution("Bo Doe", "Byline"),), BY_NAME) == (Run("By X"),)


@given(
    st.lists(st.sampled_from(["By ", *BY_NAME, " and ", "; ", "(", ")", "\n", "<b>"])),
    st.lists(st.sampled_from(list(BY_NAME))),
)
def test_runs_join_to_the_line(parts: list[str], names: list[str]) -> None:
    """The runs of a line are the line, character for character, whoever is named in it."""
    line = "".join(parts)
    runs = people.runs(line, [Contribution(name, "Byline") for name in names], BY_NAME)
    assert "".join(run.text for run in runs) == line
    assert all(run.url == BY_NAME[run.text].url for run in runs if run.url)
