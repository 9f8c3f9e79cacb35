"""The pages, one module for each question that a page answers."""
