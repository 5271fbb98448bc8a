"""Pages of a meeting: before, during and after it, and the ways in."""
