"""Data sets that published cases name: a folder's CSV files, read as tables of text."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.problems import Problem, Problems, nearest

if TYPE_CHECKING:
    from pathlib import Path

DATA_SET_UNIT = "data set"
"""The unit by which a card marks an input that is a data set, to be read before the call."""

FILES: Mapping[str, tuple[str, ...]] = {
    "bryant et al 2010": ("bryant_lempert_2010.csv",),
    "SF 205 tracts x 16 stores": ("sf_demand.csv", "sf_network_distance.csv"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of text, all as long as the header."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> list[str]:
        """Return one column by its name."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]


Dataset = Mapping[str, Table]


class NotAtHand(Problems):
    """A data set that a case names is not in the folder."""


def read_dataset(name: str, folder: Path) -> Dataset:
    """Return the tables of a data set by file name without its suffix.

    A name that is not known stands for the file of that name in the folder. Raises Problems when
    the name would lead out of the folder, a file cannot be read or a row is not as long as its
    header, and NotAtHand when a file is absent.
    """
    if any(character in name for character in "/\\:\0"):
        raise Problems.one(
            "A data set is called by name, not by a path",
            found=repr(name),
            allowed=f"the name of a file in {folder}, without its suffix",
        )
    files = FILES.get(name, (f"{name}.csv",))
    absent = [file for file in files if not (folder / file).is_file()]
    if absent:
        raise NotAtHand(
            Problem(
                f"The data set {name!r} is not in {folder}",
                found="no such file",
                allowed=file,
                remedy=None if name in FILES else nearest(name, FILES),
            )
            for file in absent
        )
    return {file.removesuffix(".csv"): _read(folder / file) for file in files}


def only_table(dataset: Dataset) -> Table:
    """Return the table of a data set that has one; raises Problems when it has several."""
    if len(dataset) != 1:
        raise Problems.one(
            "This method reads a data set of one table",
            found=", ".join(dataset) or "none",
            allowed="one CSV file",
        )
    return next(iter(dataset.values()))


def _read(path: Path) -> Table:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Problems.one(
            f"The data set's file {path.name} cannot be read",
            found=str(error),
            allowed="a CSV file in UTF-8",
        ) from None
    header, rows = (lines[0], lines[1:]) if lines else ([], [])
    uneven = [place for place, row in enumerate(rows, 2) if len(row) != len(header)]
    if uneven or not rows:
        raise Problems(
            Problem(
                "A row is not as long as the header" if uneven else "The table has no rows",
                file=str(path),
                line=place,
                allowed=f"{len(header)} fields",
            )
            for place in uneven or [1]
        )
    return Table(tuple(header), tuple(tuple(row) for row in rows))
