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


def threads(
    roll: Roll, topic_of: Mapping[str, Topic], before: Sequence[Sequence[Step]] = ()
) -> Threads:
    """Find the threads of all stories that are listed; the steps ``before`` are those of the first.

    None of these looks on.
    """
    return Threads([*before, *_back(roll, topic_of, len(before))])


def differing(before: Threads, now: Threads, places: Sequence[int], start: int) -> set[int]:
    """The places of stories whose thread is another than before.

    ``places`` are where the stories from before are now, -1 for one that is gone; up to ``start``
    all stand as they did.
    """
    found = set(range(start, len(now.back))).difference(places)  # which are new
    for place, steps in zip(places[start:], before.back[start:], strict=True):
        moved = [Step(places[story], reason) for story, reason in steps]
        if place < 0 or moved != now.back[place]:
            found.add(place)
            found.update(step.story for step in moved)
    found.discard(-1)
    return found.union(step.story for place in found for step in now.back[place])


class _Seen:
    """What was seen of a topic so far: the number of its stories, and the last of them."""

    __slots__ = ("count", "last", "topic")

    def __init__(self, topic: Topic) -> None:
        self.topic, self.count, self.last = topic, 0, deque[int](maxlen=NEAR)

    def add(self, places: Sequence[int]) -> None:
        """See more of its stories, which need not be the last."""
        self.count += len(places)
        self.last = deque(sorted((*self.last, *places[-NEAR:])), NEAR)


def _back(roll: Roll, topic_of: Mapping[str, Topic], start: int) -> Iterator[list[Step]]:
    """Find for each story, from one on, those before it that are closest, the newest first."""
    seen = {topic.slug: _Seen(topic) for topic in topic_of.values()}
    by_tags = [
        {(slug := topic_of[tag].slug): seen[slug] for tag in tags} for tags in roll.tags.values
    ]
    topics = [by_tags[number] for number in roll.tags.of[: roll.listed]]
    weeks = [date.value.toordinal() // 7 for date in roll.dates[: roll.listed]]
    known: dict[Reason, Reason] = {}  # so that equal ones are one
    for number, places in enumerate(roll.tags.places(start)):
        for one in by_tags[number].values() if places else ():
            one.add(places)
    for number, own in enumerate(topics[start:], start):
        rare = []
        shared: dict[int, int] = {}  # the rarity of all shared topics, by the story
        for slug, one in own.items():
            rarity = ((number + SMALL) // (one.count + 1)).bit_length() - 1
            if rarity >= RARE:
                rare.append((-rarity, slug))
                for other in one.last:
                    shared[other] = shared.get(other, 0) + rarity
            one.count += 1
            one.last.append(number)
        week = weeks[number]
        close = [
            (closeness, other)
            for other, rarity in shared.items()
            if (closeness := rarity - (week - weeks[other]).bit_length()) >= CLOSE
        ]
        rare.sort()
        steps = []
        for _, other in sorted(sorted(close)[-MOST:], key=_place, reverse=True):
            theirs = topics[other]
            names = [own[slug].topic.name for _, slug in rare if slug in theirs]
            reason = tuple(names[:REASONS])
            steps.append(Step(other, known.setdefault(reason, reason)))
        yield steps


def _place(close: tuple[int, int]) -> int:
    return close[1]
