"""PostgreSQL, told before every question which organisation it is about."""
