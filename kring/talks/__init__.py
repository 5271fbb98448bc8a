"""Restorative talks: by choice, prepared, and forgotten."""
