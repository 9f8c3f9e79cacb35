"""What comes back from a question, and how it is shown in text, HTML and JSON."""
