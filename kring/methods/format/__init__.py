"""What a method package may say: the data shapes, their reader and their checker.

Nothing in here knows Django or a database: a method package is plain data (house rule 1), so the
format can be checked by a practitioner on a laptop with ``kring method check PATH``.
"""
