"""Pictures beside easy words."""

from django.contrib.staticfiles import finders

from kring.web import pictures


def test_every_name_has_a_drawing() -> None:
    for name in pictures.NAMES:
        assert pictures.drawing(name).lstrip().startswith("<svg")
        assert "<script" not in pictures.drawing(name)


def test_only_pictures_with_a_name_are_served() -> None:
    assert finders.find(f"pictures/{pictures.NAMES['listen']}.svg")
    assert not finders.find("pictures/1F4A9.svg")
    assert not finders.find("pictures/../LICENSE")
    listed = {path for finder in finders.get_finders() for path, _store in finder.list(None)}
    assert {f"{number}.svg" for number in pictures.NAMES.values()} <= listed
