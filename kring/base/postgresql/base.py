"""Django's PostgreSQL backend that tells the server which organisation is in scope.

Row-level security (``kring.base.fence``) compares each row with the setting
``kring.organisation``: "" shows nothing, "0" everything, "7" organisation 7. The setting follows
``kring.base.scope`` before every statement. It is a setting of the session and not of the
transaction, because pages also read outside a transaction; a rollback undoes it, so afterwards it
is told anew, and the pool wipes it before somebody else gets the connection.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

TELL = "SELECT set_config('kring.organisation', %s, false)"
# Statements that must also run in a transaction that failed, where nothing can be told.
BARE = ("ROLLBACK", "RELEASE", "SAVEPOINT")


def wipe(connection: Any) -> None:
    """Before a connection goes back to the pool: it is about no organisation any more."""
    connection.autocommit = True
    connection.execute(TELL, [""])


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection. ``whole`` is true while migrations run, which are about every row."""

    whole = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(pool := self.settings_dict["OPTIONS"].get("pool"), dict):
            pool.setdefault("reset", wipe)
        self.told: str | None = None
        self.execute_wrappers.append(self._tell)

    def _tell(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        if isinstance(sql, str) and sql.startswith(BARE):
            self.told = None if sql.startswith("ROLLBACK") else self.told
            return execute(sql, params, many, context)
        from kring.base import scope  # it holds a model, and models need this class first

        current = scope.EVERYWHERE if self.whole else scope.current()
        wanted = "" if current is None else str(current)
        if self.told != wanted:
            with self.wrap_database_errors:
                self.connection.execute(TELL, [wanted])
            self.told = wanted
        return execute(sql, params, many, context)

    def get_new_connection(self, conn_params: Any) -> Any:
        """A connection of which nothing is known yet."""
        self.told = None
        return super().get_new_connection(conn_params)

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # the stubs leave private methods out
        except BaseException:
            self.told = None
            raise

    def _rollback(self) -> None:
        self.told = None
        super()._rollback()  # type: ignore[misc]  # the stubs leave private methods out
