"""Options month by month over thousands of futures."""
