"""The files of a study's blocks: each holds a run of blocks, whole, under its number."""

from __future__ import annotations

import os
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.problems import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any, BinaryIO

    from numpy.lib.npyio import NpzFile

    from guarantor.simulate.study_layout import Arrays, Layout, Results

_FOLDER = "blocks"
_HELD = "blocks_held"


@dataclass
class Group:
    """Blocks of a study that share a file, in their order from the first; some may be missing yet.

    Sums and counts are over the blocks held. Blocks are added in order, so that a group that was
    stopped and goes on later is the same as one that was not.
    """

    number: int
    size: int
    held: int
    arrays: Arrays

    @property
    def full(self) -> bool:
        """Return whether it holds all of its blocks."""
        return self.held == self.size

    def add(self, layout: Layout, results: Results) -> None:
        """Keep what its next block gives for each job."""
        layout.keep(self.arrays, self.held, results)
        self.held += 1


class BlockFiles:
    """The groups of a study of so many blocks, in a folder of their own."""

    def __init__(self, folder: Path, blocks: int, blocks_in_a_file: int) -> None:
        self.folder = folder / _FOLDER
        self.blocks = blocks
        self.each = blocks_in_a_file

    @property
    def count(self) -> int:
        """Return how many groups the whole study has."""
        return -(-self.blocks // self.each)

    def size(self, number: int) -> int:
        """Return how many blocks belong to a group."""
        return min(self.each, self.blocks - number * self.each)

    def missing(self) -> list[int]:
        """Return the numbers of the blocks that are not held yet, in order."""
        return [
            number * self.each + place
            for number in range(self.count)
            for place in range(self.held(number), self.size(number))
        ]

    def held(self, number: int) -> int:
        """Return how many blocks of a group its file holds."""
        path = self._path(number)
        if not path.exists():
            return 0
        with _readable(path) as file:
            return int(file[_HELD])

    def blocks_held(self) -> int:
        """Return how many blocks the files hold together."""
        return sum(self.held(number) for number in range(self.count))

    def bytes_at_hand(self) -> int:
        """Return the bytes of the files that are there."""
        return sum(path.stat().st_size for path in self.folder.glob("*.npz"))

    def load(self, layout: Layout, number: int) -> Group:
        """Return a group as its file holds it, with room for all of its blocks."""
        size = self.size(number)
        group = Group(number, size, self.held(number), layout.empty(size))
        if group.held:
            with _readable(self._path(number)) as file:
                for name, whole in group.arrays.items():
                    part = file[name]
                    whole[..., : part.shape[-1]] = part
        return group

    def column(self, number: int, name: str) -> np.ndarray[Any, Any]:
        """Return one array of a group that is held, over the blocks that it holds."""
        with _readable(self._path(number)) as file:
            found: np.ndarray[Any, Any] = file[name]
            return found

    def arrays(self, number: int) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
        """Yield every array of a group that is held, one in memory at a time."""
        with _readable(self._path(number)) as file:
            for name in file.files:
                if name != _HELD:
                    yield name, file[name]

    def save(self, layout: Layout, group: Group) -> None:
        """Write a group whole or not at all; raises OSError when the disk refuses."""
        lengths = layout.lengths(group.held)
        arrays = {
            name: whole[..., : lengths[layout.variables[name].dims[-1]]]
            for name, whole in group.arrays.items()
        }

        def write(file: BinaryIO) -> None:
            np.savez(file, allow_pickle=False, **{_HELD: np.array(group.held)}, **arrays)

        write_whole(self._path(group.number), write)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:05d}.npz"


def write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file beside its place and move it there when it is complete and on the disk.

    A draft that a killed run left behind is written over. Raises OSError.
    """
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("w+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def _readable(path: Path) -> Iterator[NpzFile]:
    """Open a file of blocks; raises Problems when it is damaged."""
    try:
        with np.load(path, allow_pickle=False) as file:
            yield file
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Problems(
            [
                Problem(
                    "a file of the study cannot be read",
                    file=str(path),
                    found=str(error),
                    remedy="Delete it and give the same command again: only its blocks are rerun.",
                )
            ]
        ) from None


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep a second run out of a folder; raises Problems when one is at work there.

    The lock goes with the process, also when it is killed. Systems without such locks have none.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problems(
                [
                    Problem(
                        "another run is at work on the study",
                        file=str(folder.parent),
                        remedy="Wait for it or stop it; then give the same command again.",
                    )
                ]
            ) from None
        yield
    finally:
        os.close(place)
