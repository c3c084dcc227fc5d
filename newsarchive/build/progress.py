"""How far a build has come: shown on a terminal while it takes long, summed up at its end."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from rich.console import Console

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
        with ExitStack() as shown:
            bar: Callable[[int, float], None] | None = None
            done = 0

            def step(more: int) -> None:
                nonlocal bar, done
                done += more
                elapsed = perf_counter() - start
                if bar is None and self.console.is_terminal and elapsed > PATIENCE:
                    bar = shown.enter_context(_bar(self.console, name, total, things))
                if bar:
                    bar(done, done / elapsed)

            try:
                yield step
            finally:
                self.seconds[name] = self.seconds.get(name, 0) + perf_counter() - start

    def __str__(self) -> str:
        phases = ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.seconds.items())
        return f"{sum(self.seconds.values()):.1f} seconds ({phases})"


@contextmanager
def _bar(
    console: Console, name: str, total: int, things: str
) -> Iterator[Callable[[int, float], None]]:
    """Show a bar while this lasts; it is told how many are done, and how many a second."""
    # Most builds show nothing, and need not wait for this to be loaded.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(f"{things}, {{task.fields[rate]:,.0f}} a second"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(name.capitalize(), total=total, rate=0)
        yield lambda done, rate: progress.update(task, completed=done, rate=rate)
