"""The case folder: its records, reading and checking it, and seeing it otherwise."""
