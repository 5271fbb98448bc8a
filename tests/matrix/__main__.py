"""Write ``docs/permissions.md``: ``python -m tests.matrix``."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")
django.setup()

from tests.matrix.document import DOCUMENT, document  # noqa: E402 - Django must be ready first

DOCUMENT.write_text(document(), "utf-8")
