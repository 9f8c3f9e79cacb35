"""The help page, against a program of one command that imports typer and nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.benchmark import Benchmark, Command, guarantor

if TYPE_CHECKING:
    from pathlib import Path

BARE = '''\
"""A program of one command."""

import typer

app = typer.Typer()


@app.command()
def greet(name: str) -> None:
    """Greet somebody."""
    typer.echo(f"Hello {name}")


app()
'''


def _bare(folder: Path) -> list[str]:
    program = folder / "bare.py"
    program.write_text(BARE, encoding="utf-8")
    return [sys.executable, str(program), "--help"]


BENCHMARK = Benchmark(guarantor("--help"), Command("bare typer program --help", _bare))
