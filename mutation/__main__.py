"""Tries every mutant of the models: python -m mutation [FILE…] [--write]."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING

from mutation.mutants import mutants
from mutation.report import explanations, results, write
from mutation.trial import MODELS, survivors

if TYPE_CHECKING:
    from mutation.mutants import Mutant


def main() -> int:
    """Return 0 when every survivor is explained and every explanation needed, else 1."""
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("file", nargs="*", help="files of the models to try; all when none")
    parser.add_argument("--write", action="store_true", help="renew the results in the README")
    chosen = parser.parse_args()
    if chosen.write and chosen.file:
        parser.error("the README holds the results of all files, so --write takes no FILE")
    files = chosen.file or sorted(path.name for path in MODELS.glob("*.py"))
    made = [
        mutant
        for file in files
        for mutant in mutants(file, (MODELS / file).read_text(encoding="utf-8"))
    ]
    left = [mutant.key for mutant in survivors(made, _tell)]
    explained = explanations()
    summary = results(Counter(mutant.file for mutant in made), left, explained)
    print(summary, end="")
    idle = [key for key in explained if key.split()[0] in files and key not in left]
    for key in idle:
        print(f"explained, and does not survive: {key}", file=sys.stderr)
    if chosen.write:
        write(summary)
    return 1 if idle or any(key not in explained for key in left) else 0


def _tell(mutant: Mutant, survives: bool) -> None:
    if survives:
        print(f"survives: {mutant.key}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
