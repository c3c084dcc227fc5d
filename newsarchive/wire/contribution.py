"""A person's part in a story, as a byline or a credits line states it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contribution:
    """One person in one role; ``name`` is spelled as in the copy, never corrected.

    ``role`` is ``"Byline"`` for the line above the text and otherwise the credits' own word with
    a capital: ``"Reporting"``, ``"Additional reporting"``, ``"Writing"``, ``"Editing"``.
    ``place`` is where the copy says the person worked (``"Beijing"``,
    ``"aboard Air Force One"`` keeps its preposition only when that is not *in*), or ``""``.
    """

    name: str
    role: str
    place: str = ""
