"""Kring: from what an organisation promises to what people do, and back.

SQLite before 3.51.3 can lose the write-ahead log when several connections share it
(sqlite.org, "WAL-reset bug"), so the newer library that ``pysqlite3`` carries takes the place of
the one Python came with, before anything else imports it.
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
