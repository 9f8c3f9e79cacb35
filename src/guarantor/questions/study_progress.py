"""Shows how a study comes along, and lets Ctrl-C end it after the block in hand."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.text import Text

if TYPE_CHECKING:
    from types import TracebackType

    from guarantor.simulate import study

SECONDS_BETWEEN_LINES = 10.0
"""Where there is no terminal, a line of progress is written so often."""


class Watch:
    """Told of each block, shows a bar on a terminal, or else a line now and then.

    While it is open, the first Ctrl-C (or request to end) stops the study after the block in hand,
    and a second one ends the program at once.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._open = ExitStack()
        self._shown: Live | None = None
        self._stop = False
        self._first: tuple[float, int] | None = None
        self._told = -SECONDS_BETWEEN_LINES

    def __enter__(self) -> Self:
        """Begin to listen and to show."""
        for each in (signal.SIGINT, signal.SIGTERM):
            former = signal.signal(each, self._asked_to_stop)
            self._open.callback(signal.signal, each, former)
        if self._console.is_terminal:
            first = Live("Preparing the first block", console=self._console)
            self._shown = self._open.enter_context(first)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal and the signals as they were."""
        self._open.close()

    def __call__(self, progress: study.Progress) -> bool:
        """Show how far the study is; returns whether it is to go on."""
        now = time.monotonic()
        if self._first is None:
            self._first = (now, progress.run)
        since, run = self._first
        seconds = now - since
        rate = (progress.run - run) / seconds if seconds > 0 else 0.0
        words = told(progress, rate)
        if self._shown is not None:
            bar = ProgressBar(progress.asked, progress.held)
            self._shown.update(Group(Text(words), bar))
        elif now - self._told >= SECONDS_BETWEEN_LINES or progress.writing:
            self._console.print(words, highlight=False, soft_wrap=True)
            self._told = now
        return not self._stop

    def _asked_to_stop(self, number: int, _frame: object) -> None:
        self._stop = True
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else _end)
        self._console.print("Stopping after the block in hand; once more ends it at once.")


def told(progress: study.Progress, rate: float) -> str:
    """Return how far a study is, in words; rate is option-futures a second, 0 if not known yet."""
    words = [f"{spaced(progress.held)} of {spaced(progress.asked)} blocks"]
    if rate > 0:
        words.append(f"{spaced(round(rate))} option-futures a second")
        if progress.left:
            words.append(f"{_time(progress.left / rate)} left")
    if progress.error is not None:
        words.append(f"{progress.watched} ± {progress.error:.2g}")
    if progress.writing:
        words.append("writing the outcomes")
    return ", ".join(words)


def spaced(number: int) -> str:
    """Return a whole number in groups of three digits."""
    return f"{number:_}".replace("_", " ")


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _end(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
