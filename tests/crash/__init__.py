"""Kill the server at any moment of a meeting and start it again (issue, "bad input, bad days")."""
