"""One folder per kind of step."""
