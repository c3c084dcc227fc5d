"""The thread of a story: what came before it and after it in the same matter.

Two stories are of one matter when they share topics that were rare until then and are near in time.
A story looks back alone, and what it follows it follows for good: a new story changes no more than
the pages of the few older ones that it follows.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from newsarchive.article.article import Article
from newsarchive.catalog.group import Topic

MOST = 3  # stories before one, and after it
NEAR = 6  # stories back in each topic
# The rarity of a topic is how often the stories so far can be halved until as few are left.
RARE = 3  # one story in eight
SMALL = 256  # stories that even a new archive counts as having, so that its topics can be rare
CLOSE = 5  # the rarity of all shared topics, less one whenever the weeks between have doubled
REASONS = 2  # topics named

Story = TypeVar("Story")
Other = TypeVar("Other")
Reason = tuple[str, ...]  # the names of the rarest topics that two stories share


class Thread(NamedTuple, Generic[Story]):
    """Stories before one, the newest first, and after it, the oldest first, and why each is."""

    earlier: tuple[Story, ...] = ()
    earlier_reasons: tuple[Reason, ...] = ()
    later: tuple[Story, ...] = ()
    later_reasons: tuple[Reason, ...] = ()

    @property
    def flat(self) -> tuple[Story | Reason | None, ...]:
        """All that is in the thread, in one row."""
        return (*self.earlier, *self.earlier_reasons, None, *self.later, *self.later_reasons)

    def of(self, name: Callable[[Story], Other]) -> "Thread[Other]":
        """The thread with each story by what ``name`` calls it."""
        earlier, later = tuple(map(name, self.earlier)), tuple(map(name, self.later))
        return Thread(earlier, self.earlier_reasons, later, self.later_reasons)


def threads(
    stories: Sequence[Article], topic_of: Mapping[str, Topic]
) -> dict[str, Thread[Article]]:
    """Find the thread of every story that has one, by its id; ``stories`` stand oldest first."""
    back = list(_back(stories, topic_of))
    on: list[list[_Step]] = [[] for _ in stories]
    for number, steps in enumerate(back):
        for story, reason in steps:
            if len(on[story]) < MOST:
                on[story].append(_Step(number, reason))
    return {
        stories[number].id: Thread(
            tuple([stories[step] for step, _ in before]),
            tuple([reason for _, reason in before]),
            tuple([stories[step] for step, _ in after]),
            tuple([reason for _, reason in after]),
        )
        for number, (before, after) in enumerate(zip(back, on, strict=True))
        if before or after
    }


class _Step(NamedTuple):
    """From one story to another, by its place among all, and why."""

    story: int
    reason: Reason


def _back(stories: Sequence[Article], topic_of: Mapping[str, Topic]) -> Iterator[list[_Step]]:
    """Find for each story those before it that are closest, the newest first."""
    count: dict[str, int] = defaultdict(int)  # of the stories so far in each topic
    last: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=NEAR))
    weeks = [story.date.value.toordinal() // 7 for story in stories]
    topics_of = {
        tags: {topic_of[tag].slug: topic_of[tag].name for tag in tags}
        for tags in {story.tags for story in stories}
    }
    topics = [topics_of[story.tags] for story in stories]
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
            steps.append(_Step(other, known.setdefault(reason, reason)))
        yield steps
