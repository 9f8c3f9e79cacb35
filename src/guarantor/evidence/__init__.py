"""Every equation by name, the published cases that test it, and the appendix that shows it."""
