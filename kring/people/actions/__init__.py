"""Every write about people: check, decide, save, note in the trail, wake after commit."""
