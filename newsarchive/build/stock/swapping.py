"""For a while, something of a module or class is another that does the same, quicker."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

Swap = tuple[Any, str, Any]  # whose, the name, what it is for a while


@contextmanager
def swapped(swaps: Sequence[Swap]) -> Iterator[None]:
    """Put each in place, and all of them back."""
    with ExitStack() as back:
        for owner, name, value in swaps:
            back.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, value)
        yield
