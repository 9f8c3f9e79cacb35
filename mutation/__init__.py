"""Changes the equations one place at a time and sees whether a test notices."""
