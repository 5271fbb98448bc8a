#!/bin/bash
# Gives the two roles of postgresql.sql their passwords, once, when the database is first made.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -d kring -v owner="$OWNER_PASSWORD" -v app="$SERVE_PASSWORD" <<'SQL'
ALTER ROLE kring_owner PASSWORD :'owner';
ALTER ROLE kring PASSWORD :'app';
SQL
