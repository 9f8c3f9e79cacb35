"""Plan, test and decide the options for a security guarantee, with a source for each number."""

__version__ = "0.1.0"
