"""The commands. Heavy parts load inside the command that needs them, so that help is instant."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guarantor.problems import Misuse, Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Plan, test and decide the options for a security guarantee, a source for each number.",
)

LEAD_CASE = "ukraine-2025-08"

CaseName = Annotated[
    str, typer.Argument(metavar="CASE", help="A case folder, or the name of one that comes along.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="See the case from this day: 2025-08-22."),
]
DataFolder = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder of the data sets that cases name."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]


@app.command()
def brief(
    case: CaseName,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the files.")],
    as_of: AsOf = None,
    edition: Annotated[
        list[str] | None,
        typer.Option(
            "--edition",
            metavar="NAME",
            help="one-page, full, parliament or press; may be given again. Usual: one-page, full.",
        ),
    ] = None,
) -> None:
    """Write the brief as HTML and PDF, and the sources of its numbers as JSON.

    A folder that holds an earlier brief keeps it: what changed gets a new version that names it.
    """
    from guarantor.brief import USUAL, write_brief

    def tell(sentence: str) -> None:
        typer.echo(sentence, err=True)

    for path in write_brief(case, output, as_of, edition or USUAL, tell):
        typer.echo(path)


@app.command()
def check(case: CaseName) -> None:
    """Name every problem of a case with file and line; exit 0 when there is none, else 1."""
    from guarantor.case.read import read_case

    found = read_case(case)
    typer.echo(
        f"{found.name}: no problems; {len(found.positions)} positions, {len(found.options)} "
        f"options, {len(found.deals)} deals, {len(found.sources)} sources"
    )


@app.command()
def questions(as_json: AsJson = False) -> None:
    """List what can be asked, and what a reader may set."""
    import json

    from guarantor.questions import questions as known

    if as_json:
        listed = [
            {
                "name": question.name,
                "asks": question.asks,
                "settings": {s.name: s.meaning for s in question.settings},
            }
            for question in known().values()
        ]
        typer.echo(json.dumps(listed, indent=1))
        return
    for question in known().values():
        typer.echo(f"{question.name}: {question.asks}")
        for setting in question.settings:
            given = f"--{setting.name} {setting.example}".rstrip()
            typer.echo(f"    {given}: {setting.meaning}")
    typer.echo("Every question takes --as-of DATE, --json and --sources.")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def ask(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="A name from `guarantor questions`.")
    ],
    case: CaseName,
    as_json: AsJson = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="Print where each number comes from, too.")
    ] = False,
) -> None:
    """Answer a question; its own settings go as --name value (see `guarantor questions`)."""
    from guarantor.answer.terminal import print_answer
    from guarantor.questions import ask as answer
    from guarantor.questions.question import AGAIN, FLAGS, YES

    found = answer(question, case, _settings(context.args, dict.fromkeys(FLAGS, YES), AGAIN))
    if as_json:
        typer.echo(found.to_json(), nl=False)
    else:
        print_answer(found, _console(), sources=sources)


@app.command()
def run(
    case: CaseName,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the study.")],
    futures: Annotated[
        int, typer.Option(help="Futures of each option; they come in blocks of 1 024.")
    ] = 100_000,
    option: Annotated[
        list[str] | None, typer.Option(help="An option instead of all; may be given again.")
    ] = None,
    deal: Annotated[
        list[str] | None, typer.Option(help="A deal instead of all; may be given again.")
    ] = None,
    months: Annotated[int | None, typer.Option(help="Instead of the case's horizon.")] = None,
    seed: Annotated[int, typer.Option(help="Which draws.")] = 7,
    count: Annotated[
        str, typer.Option(help="Contributions counted: possible, said or confirmed.")
    ] = "possible",
    threads: Annotated[int | None, typer.Option(help="Instead of all processors.")] = None,
    as_of: AsOf = None,
    what_if: Annotated[
        str | None, typer.Option(metavar="CHANGES", help="See the case otherwise than written.")
    ] = None,
) -> None:
    """Run many futures into a folder; stop with Ctrl-C, resume with the same command.

    Exit 130 when it was stopped; what had been run is kept and written.
    """
    from guarantor.questions.studies import Wish, run_study, summed_up
    from guarantor.questions.study_progress import Watch

    wish = Wish(
        case,
        futures,
        tuple(option or ()),
        tuple(deal or ()),
        months,
        seed,
        count,
        as_of,
        what_if,
        threads,
    )
    with Watch() as watch:
        held = run_study(wish, output, watch)
    for path in held.paths:
        typer.echo(path)
    typer.echo(summed_up(held, wish, output), err=True)
    raise typer.Exit(0 if held.complete else 130)


@app.command()
def validate(
    cases: Annotated[
        list[Path] | None,
        typer.Option("--cases", metavar="FILE", help="Cases of your own instead of ours."),
    ] = None,
    data: DataFolder = None,
    as_json: AsJson = False,
) -> None:
    """Run published cases against the models; exit 1 unless every row is within its tolerance.

    A data set that is not at hand fails a row of your own files; ours say that they were not run.
    """
    import json

    from guarantor.evidence.given import bundled_cases, cases_of
    from guarantor.evidence.terminal import print_report
    from guarantor.evidence.validate import Data, validate

    rows = [row for path in cases for row in cases_of(path)] if cases else bundled_cases()
    report = validate(rows, Data(data))
    if as_json:
        typer.echo(json.dumps(report.to_json(), indent=1, ensure_ascii=False))
    else:
        print_report(report, _console())
    raise typer.Exit(1 if report.failures else 0)


@app.command()
def models(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A model to show in full.")
    ] = None,
    case: Annotated[
        str, typer.Option("--case", metavar="CASE", help="Whose figures rest on the models.")
    ] = LEAD_CASE,
    data: DataFolder = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the appendix: models.pdf and models.md."),
    ] = None,
) -> None:
    """List the models by topic, or show one: equation, symbols, validity, cases and figures."""
    from guarantor.evidence import terminal
    from guarantor.evidence.appendix import model_page, pages_by_topic, report_on
    from guarantor.evidence.catalogue import find

    if name is not None:
        find(name)
    report = report_on(data)
    if name is None and output is None:
        terminal.print_list(pages_by_topic(report), _console())
        return
    from guarantor.questions.resting import figures_by_model

    figures = figures_by_model(case)
    if name is not None:
        terminal.print_page(model_page(name, report, figures.get(name, ())), _console())
    if output is not None:
        from guarantor.brief.equations import write_equations

        for path in write_equations(pages_by_topic(report, figures), output):
            typer.echo(path)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Folder of the new case.")],
    source: Annotated[str, typer.Option("--from", metavar="CASE", help="The case to copy.")],
) -> None:
    """Start a case of your own as a copy of another."""
    from guarantor.case.copy import copy_case

    path = copy_case(source, name)
    typer.echo(f"{path}: a copy of {source} to edit; look it over with: guarantor check {path}")


@app.command()
def trace(
    case: CaseName,
    identity: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The record to show, such as t0a1b2c3d4e.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Follow every figure to its end.")] = False,
    as_of: AsOf = None,
) -> None:
    """Follow numbers to their sources; with --all, exit 1 unless every one ends in one."""
    from guarantor.answer.terminal import print_trace
    from guarantor.questions.every_answer import every_answer

    if every == (identity is not None):
        raise Misuse.one(
            "neither one record nor all",
            found="nothing to follow" if not every else "both",
            allowed="the id of a record, or --all",
        )
    answers, loose = every_answer(case, as_of)
    if identity is not None:
        known = {name: record for answer in answers for name, record in answer.traces.items()}
        if identity not in known:
            raise Misuse.one("there is no such record in any answer", found=identity)
        print_trace(known[identity], _console())
        return
    for sentence in loose:
        typer.echo(sentence, err=True)
    figures = sum(1 for answer in answers for _ in answer.slots())
    records = len({name for answer in answers for name in answer.traces})
    typer.echo(
        f"{len(answers)} answers, {figures} figures and passages, {records} records; "
        f"{len(loose)} loose ends"
    )
    raise typer.Exit(1 if loose else 0)


@app.command()
def serve(
    case: CaseName,
    host: Annotated[
        str, typer.Option(help="Address to open; any but this machine's own asks for a key.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to open; 0 takes one that is free.")] = 8500,
) -> None:
    """Open the workbench in a browser: see the case, ask it, follow each number; Ctrl-C stops."""
    from guarantor.web import serve as opened

    opened(case, host, port, typer.echo)


@app.command()
def schemas(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the files.")],
) -> None:
    """Write the JSON Schemas of the case files, for editors that complete and check."""
    from guarantor.case.schemas import json_schemas
    from guarantor.output import write_all

    for path in write_all(output, json_schemas()):
        typer.echo(path)


def _settings(
    words: list[str], flags: Mapping[str, str], again: Mapping[str, str]
) -> dict[str, str]:
    """Read `--name value` and `--name=value`; raises Misuse for anything else.

    flags: settings that may stand without a value, and the value that they then have. again:
    settings that may be given again, and what then stands between their values; of any other the
    last one counts.
    """
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if word.startswith("--") and not equals and name in flags:
            if rest[:1] == [flags[name]]:
                rest.pop(0)
            found[name] = flags[name]
            continue
        if not word.startswith("--") or (not equals and not rest):
            raise Misuse(
                [
                    Problem(
                        "a setting without a name or value",
                        found=word,
                        allowed="--name value",
                        remedy="See what can be set with: guarantor questions",
                    )
                ]
            )
        given = value if equals else rest.pop(0)
        repeated = name in again and name in found
        found[name] = again[name].join((found[name], given)) if repeated else given
    return found


def _console() -> Console:
    """Return a console as wide as the terminal, and wide enough for tables when there is none."""
    from rich.console import Console

    class Screen(Console):
        """A console that lets `main` hear of a broken pipe instead of leaving by itself."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 160
    return Screen(width=width, highlight=False, soft_wrap=False)


def main() -> None:
    """Run a command; problems are printed one a line, and nobody sees a traceback for a slip."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without our letters shows a mark
    try:
        app()
    except Problems as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
        raise SystemExit(2 if isinstance(error, Misuse) else 1) from None
    except BrokenPipeError:
        _stop_writing()
        raise SystemExit(0) from None
    except OSError as error:
        _stop_writing()
        typer.echo(f"the output cannot be written; found: {error.strerror}.", err=True)
        raise SystemExit(1) from None


def _stop_writing() -> None:
    """Point standard output away: whoever read it is gone, and Python writes again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
