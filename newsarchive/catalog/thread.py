"""The thread of a story: what came before it and after it in the same matter.

Two stories are of one matter when they share topics that were rare until then and are near in time.
A story looks back alone, and what it follows it follows for good: a new story changes no more than
the pages of the few older ones that it follows.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from newsarchive.catalog.group import Topic
from newsarchive.catalog.roll import Roll

MOST = 3  # stories before one, and after it
NEAR = 6  # stories back in each topic
# The rarity of a topic is how often the stories so far can be halved until as few are left.
RARE = 3  # one story in eight
SMALL = 256  # stories that even a new archive counts as having, so that its topics can be rare
CLOSE = 5  # the rarity of all shared topics, less one whenever the weeks between have doubled
REASONS = 2  # topics named

Story = TypeVar("Story")
Reason = tuple[str, ...]  # the names of the rarest topics that two stories share


class Thread(NamedTuple, Generic[Story]):
    """Stories before one, the newest first, and after it, the oldest first, and why each is."""

    earlier: tuple[Story, ...] = ()
    earlier_reasons: tuple[Reason, ...] = ()
    later: tuple[Story, ...] = ()
    later_reasons: tuple[Reason, ...] = ()

    @property
    def flat(self) -> tuple[Story | Reason | None, ...]:
        """All that is in the thread, in one row (see ``unfolded``)."""
        return (*self.earlier, *self.earlier_reasons, None, *self.later, *self.later_reasons)

    @classmethod
    def unfolded(cls, flat: tuple[Any, ...]) -> "Thread[Any]":
        """The thread that was laid flat."""
        middle = flat.index(None)
        before, after = flat[:middle], flat[middle + 1 :]
        first, second = len(before) // 2, len(after) // 2
        return cls(before[:first], before[first:], after[:second], after[second:])


class Step(NamedTuple):
    """From one story to another, by its place among all, and why."""

    story: int
    reason: Reason


class Threads:
    """The threads of all stories, told by the steps ``back`` from each, the newest first."""

    def __init__(self, back: Sequence[Sequence[Step]] = ()) -> None:
        self.back = back

    @cached_property
    def _on(self) -> dict[int, list[Step]]:
        """The steps on from each, the oldest first."""
        on: dict[int, list[Step]] = defaultdict(list)
        for number, steps in enumerate(self.back):
            for story, reason in steps:
                if len(on[story]) < MOST:
                    on[story].append(Step(number, reason))
        return on

    def of(self, place: int, stories: Sequence[Story]) -> Thread[Story] | None:
        """The thread of the story in a place among all, if it has one."""
        before, after = self.back[place], self._on.get(place, ())
        if not (before or after):
            return None
        return Thread(
            tuple([stories[step] for step, _ in before]),
            tuple([reason for _, reason in before]),
            tuple([stories[step] for step, _ in after]),
            tuple([reason for _, reason in after]),
        )

    def among(self, places: Iterable[int]) -> "Threads":
        """The threads of the stories in some places, as far as these go."""
        numbers = {place: number for number, place in enumerate(places)}
        return Threads(
            [
                [
                    step._replace(story=numbers[step.story])
                    for step in steps
                    if step.story in numbers
                ]
                for steps in map(self.back.__getitem__, numbers)
            ]
        )


def threads(roll: Roll, topic_of: Mapping[str, Topic]) -> Threads:
    """Find the threads of all stories that are listed."""
    return Threads(list(_back(roll, topic_of)))


def _back(roll: Roll, topic_of: Mapping[str, Topic]) -> Iterator[list[Step]]:
    """Find for each story those before it that are closest, the newest first."""
    count: dict[str, int] = defaultdict(int)  # of the stories so far in each topic
    last: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=NEAR))
    weeks = [date.value.toordinal() // 7 for date in roll.dates[: roll.listed]]
    topics_of = [
        {topic_of[tag].slug: topic_of[tag].name for tag in tags} for tags in roll.tags.values
    ]
    topics = [topics_of[number] for number in roll.tags.of[: roll.listed]]
    known: dict[Reason, Reason] = {}  # so that equal ones are one
    for number, own in enumerate(topics):
        shared: dict[int, int] = defaultdict(int)  # the rarity of all shared topics, by the story
        rare = []
        for slug, name in own.items():
            rarity = ((number + SMALL) // (count[slug] + 1)).bit_length() - 1
            if rarity >= RARE:
                rare.append((-rarity, slug, name))
                for other in last[slug]:
                    shared[other] += rarity
            count[slug] += 1
            last[slug].append(number)
        week = weeks[number]
        close = [
            (closeness, other)
            for other, rarity in shared.items()
            if (closeness := rarity - (week - weeks[other]).bit_length()) >= CLOSE
        ]
        closest = sorted(close, reverse=True)[:MOST]
        rare.sort()
        steps = []
        for other in sorted([other for _, other in closest], reverse=True):
            theirs = topics[other]
            reason = tuple([name for _, slug, name in rare if slug in theirs][:REASONS])
            steps.append(Step(other, known.setdefault(reason, reason)))
        yield steps
