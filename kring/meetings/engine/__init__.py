"""The pure meeting engine (no Django, no clock, no database)."""
