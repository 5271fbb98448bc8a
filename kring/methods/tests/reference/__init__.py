"""What the reference says of every protocol and instrument we ship: one module per slice of a package.

Each module has ``ROWS`` and, where it ships instruments, ``INSTRUMENTS``. Discovered, so that people
who write different packages do not edit the same file.
"""

from importlib import import_module
from pkgutil import iter_modules

_MODULES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]

# number, id, people (min, max), minutes (min, max), existence, manager may join, phase minutes
ROWS = [row for module in _MODULES for row in module.ROWS]

# (code, id): scale, number of items, shown from, permission
INSTRUMENTS = {
    key: value for module in _MODULES for key, value in getattr(module, "INSTRUMENTS", {}).items()
}
