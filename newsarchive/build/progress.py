"""How far a build has come: shown on a terminal while it takes long, summed up at its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

PATIENCE = 1.0  # seconds before anything is shown

Step = Callable[[int], None]  # is told how many more are done


@dataclass(slots=True)
class Watch:
    """Times the phases of a build, and shows how many of its things are done."""

    console: Console
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def phase(self, name: str, total: int = 0, things: str = "") -> Iterator[Step]:
        """Time a phase; a phase of many ``things`` is told of each that is done."""
        start = perf_counter()
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(f"{things}, {{task.speed:,.0f}} a second"),
            console=self.console,
            transient=True,
        )
        task = bar.add_task(name.capitalize(), total=total)

        def step(done: int) -> None:
            bar.advance(task, done)
            if self.console.is_terminal and perf_counter() - start > PATIENCE:
                bar.start()

        try:
            yield step
        finally:
            if bar.live.is_started:  # else it would end a line that was never begun
                bar.stop()
            self.seconds[name] = self.seconds.get(name, 0) + perf_counter() - start

    def __str__(self) -> str:
        phases = ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.seconds.items())
        return f"{sum(self.seconds.values()):.1f} seconds ({phases})"
