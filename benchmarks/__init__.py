"""How long the commands take and how much memory they need, measured side by side."""
