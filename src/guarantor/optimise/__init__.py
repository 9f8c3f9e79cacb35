"""Who gives what: the best assignment of units to lines, why none exists, the smallest sets."""
