"""The ``kring`` command. Every Django command works too: ``kring migrate``.

Commands about methods are two words: ``kring method check`` is the command ``method_check``.
"""

import os
import sys


def words(given: list[str]) -> list[str]:
    """The arguments for Django: ``method check`` becomes ``method_check``."""
    if given[:1] == ["method"] and len(given) > 1 and not given[1].startswith("-"):
        return [f"method_{given[1]}", *given[2:]]
    return given


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kring", *words(sys.argv[1:])])


if __name__ == "__main__":
    main()
