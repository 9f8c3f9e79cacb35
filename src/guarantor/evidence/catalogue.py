"""Every model and method by name and topic, and the one way to call it with checked inputs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from guarantor.models import CARDS as MODELS
from guarantor.models import ModelDomainError
from guarantor.problems import Misuse, Problem, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from guarantor.models import Card, Result, Variant

OWN = "our own derivation"
PUBLISHED = "published equation"


@dataclass(frozen=True, slots=True)
class Topic:
    """Equations that answer one kind of question; modules are those that hold them."""

    letter: str
    title: str
    modules: tuple[str, ...]


TOPICS = (
    Topic("A", "Rotation and force generation", ("models.rotation",)),
    Topic("B", "Sizing by population, line, monitors and components", ("models.sizing",)),
    Topic("C", "Cost", ("models.cost",)),
    Topic("D", "Air policing", ("models.air_policing",)),
    Topic("E", "Air defence at policy level", ("models.air_defence", "methods.covering")),
    Topic(
        "F",
        "Burden keys and fair division",
        ("models.burden", "methods.claims", "methods.shapley", "methods.nucleolus"),
    ),
    Topic("G", "Durability of a peace", ("models.durability",)),
    Topic(
        "H",
        "Decisions under deep uncertainty",
        (
            "methods.decision_rules",
            "methods.robustness",
            "methods.prim_cases",
            "methods.promethee",
            "methods.smaa",
        ),
    ),
    Topic("I", "Presence over time, as the simulated month has it", ("models.presence",)),
)
_TOPIC_OF = {f"guarantor.{module}": topic for topic in TOPICS for module in topic.modules}


@dataclass(frozen=True, slots=True)
class RestingFigure:
    """A figure of an answer that rests on the model, and what lies outside its validity."""

    question: str
    label: str
    words: str
    unit: str
    outside: tuple[str, ...]


@cache
def catalogue() -> Mapping[str, Card]:
    """Return every equation that a case file or a question may call, by name."""
    # Models are plain Python; the methods bring numpy and a solver, which not every answer needs.
    from guarantor.methods import CARDS as METHODS

    return {**MODELS, **METHODS}


def topic_of(card: Card) -> Topic:
    """Return the topic of a model: that of the module its first equation stands in."""
    return _TOPIC_OF[card.functions[0].__module__]


def basis_of(card: Card) -> str:
    """Return whose equation it is, as readers are told."""
    return OWN if card.basis == "ours" else PUBLISHED


def find(name: str) -> Card:
    """Return the model of that name; raises Misuse with the nearest name when there is none."""
    card = MODELS.get(name) or catalogue().get(name)
    if card is None:
        raise Misuse.one(
            "there is no such model",
            found=name or "nothing",
            allowed="a name from: guarantor models",
            remedy=nearest(name, catalogue()),
        )
    return card


def call(name: str, inputs: Mapping[str, object]) -> Result:
    """Return what a model gives, with a mark for each input outside its validity.

    Raises Problems that name the symbol, its value, its range and the equation when an input has
    no meaning, and Misuse when there is no such model.
    """
    return run(find(name), inputs)


def run(equation: Card | Variant, inputs: Mapping[str, object]) -> Result:
    """Return what a model, or one equation of it, gives; raises Problems as `call` does."""
    try:
        return equation.call(inputs)
    except ModelDomainError as error:
        raise Problems(
            Problem(
                f"{finding.model}, {finding.equation}: no meaning for this input",
                field=finding.symbol,
                found=finding.found,
                allowed=finding.allowed,
            )
            for finding in error.findings
        ) from None
    except Problems as error:
        raise Problems(
            replace(problem, what=f"{problem.what}, {equation.plain_equation}")
            for problem in error.problems
        ) from None


def uses(card: Card) -> frozenset[str]:
    """Return the names of the models whose equations this one calls in its own."""
    return frozenset(
        name
        for name, other in catalogue().items()
        if name != card.name and set(other.functions) & set(_called(card.functions))
    )


@cache
def foundations(name: str) -> frozenset[str]:
    """Return the model itself and every model that it is built on, to the last."""
    return frozenset({name}).union(*(foundations(each) for each in uses(find(name))))


def _called(functions: Iterable[Callable[..., object]]) -> list[object]:
    """Return what the functions, and their helpers in the same module, refer to by name."""
    seen: dict[str, object] = {}
    waiting = list(functions)
    while waiting:
        function = waiting.pop()
        code, scope = function.__code__, function.__globals__
        for name in code.co_names:
            found = scope.get(name)
            if callable(found) and hasattr(found, "__code__") and name not in seen:
                seen[name] = found
                if found.__module__ == function.__module__:
                    waiting.append(found)
    return list(seen.values())
