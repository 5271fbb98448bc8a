"""One folder per kind of step; folders are discovered (see ``engine/kinds.py``)."""
