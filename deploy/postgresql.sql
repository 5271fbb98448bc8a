-- Two roles, so that row-level security also binds Kring itself. Run once as a superuser, in the
-- database `kring`:  createdb kring && psql -d kring -f deploy/postgresql.sql
-- Then give both a password, migrate as kring_owner and serve as kring.
CREATE ROLE kring_owner LOGIN NOSUPERUSER NOBYPASSRLS;
CREATE ROLE kring LOGIN NOSUPERUSER NOBYPASSRLS;
GRANT CREATE, USAGE ON SCHEMA public TO kring_owner;
GRANT USAGE ON SCHEMA public TO kring;
ALTER DEFAULT PRIVILEGES FOR ROLE kring_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kring;
ALTER DEFAULT PRIVILEGES FOR ROLE kring_owner GRANT USAGE, SELECT ON SEQUENCES TO kring;
