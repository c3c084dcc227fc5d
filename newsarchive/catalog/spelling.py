"""Names that are hardly to be told apart, or of which one may be the other with a slip in it."""

import unicodedata
from collections.abc import Iterable, Iterator

SHORTEST = 5  # letters of a name in which a slip is looked for; shorter ones are too much alike


def near(names: Iterable[str]) -> dict[str, list[str]]:
    """Find for each name those that differ by case, accents, punctuation or one letter alone.

    One letter may be missing, too many or another, or two have changed places.
    """
    by_form: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        for form in _forms(name):
            by_form.setdefault(form, []).append(name)
    found: dict[str, set[str]] = {}
    for alike in by_form.values():
        for name in alike if len(alike) > 1 else ():
            found.setdefault(name, set()).update(alike)
    return {name: sorted(alike - {name}) for name, alike in found.items()}


def _forms(name: str) -> Iterator[str]:
    """A name without what is easily written otherwise, and the same less any one letter.

    Two names with one slip between them have one of these in common. Figures are no slips.
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(filter(str.isalnum, letters)) or name
    yield plain
    if len(plain) >= SHORTEST:
        less = {plain[:at] + plain[at + 1 :] for at, sign in enumerate(plain) if sign.isalpha()}
        yield from less - {plain}
