"""Lets the static files find the pictures where their package keeps them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from kring.web.pictures import FOLDER, NAMES

PREFIX = "pictures"


class Pictures(BaseFinder):
    """``/static/pictures/<number>.svg``, only of pictures that have a name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=str(FOLDER))
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]  # what Django's own finders do

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be set wrongly here."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file behind a static path."""
        folder, _slash, name = path.partition("/")
        known = folder == PREFIX and name.removesuffix(".svg") in NAMES.values()
        found = str(FOLDER / name)
        if not known:
            return []
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Every picture."""
        for number in NAMES.values():
            yield f"{number}.svg", self.storage
