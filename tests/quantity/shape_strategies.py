"""Hypothesis strategies for every kind of shape, over all sizes that a number may have."""

from __future__ import annotations

from hypothesis import strategies as st

from guarantor.quantity import Absent, AtLeast, AtMost, Choice, Exactly, Interval, Pert

_MAGNITUDES = st.floats(1e-15, 1e15, exclude_max=True)
numbers = st.one_of(
    st.just(0.0),
    st.integers(-(10**15) + 1, 10**15 - 1).map(float),
    _MAGNITUDES,
    _MAGNITUDES.map(lambda size: -size),
)
positive = _MAGNITUDES

words = st.text(
    st.characters(categories=("Lu", "Ll", "Zs"), include_characters="-_'/()"), min_size=1
).filter(str.strip)


def _ordered(values, count):
    return st.lists(values, min_size=count, max_size=count, unique=True).map(sorted)


def _pert(ends_and_best):
    low, best, high = sorted(ends_and_best)
    return Pert(low, best, high)


@st.composite
def _choices(draw, labels):
    counts = draw(st.dictionaries(labels, st.integers(1, 50), min_size=1, max_size=6))
    total = sum(counts.values())
    return Choice((label, count / total) for label, count in counts.items())


exact = numbers.map(Exactly)
intervals = _ordered(numbers, 2).map(lambda ends: Interval(*ends))
lognormal = _ordered(positive, 2).map(lambda ends: Interval(*ends))
perts = st.tuples(numbers, numbers, numbers).filter(lambda t: min(t) < max(t)).map(_pert)
number_choices = _choices(numbers)
word_choices = _choices(words.map(lambda label: " ".join(label.split())))
bounds = numbers.map(AtMost) | numbers.map(AtLeast)
countable = exact | intervals | perts | number_choices | bounds
shapes = countable | word_choices | st.just(Absent())
