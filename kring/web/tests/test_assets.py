"""What comes from npm, and how."""

import json
import shutil
from pathlib import Path

import pytest

from kring.web import assets


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of its own with nothing fetched yet."""
    for name in assets.RECIPE:
        shutil.copy(assets.PROJECT / name, tmp_path)
    monkeypatch.setattr(assets, "PROJECT", tmp_path)
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "vendor")
    return tmp_path


def furnish(folder: Path) -> None:
    """As if everything had been fetched by the present recipe."""
    (folder / "vendor").mkdir()
    for name in assets.WANTED.values():
        (folder / "vendor" / name).write_text("x", encoding="ascii")
    (folder / "vendor" / "recipe").write_text(assets.recipe(), encoding="ascii")


def test_the_lock_file_names_no_registry_and_seals_every_package() -> None:
    lock = json.loads((assets.PROJECT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert set(packages) == {"node_modules/htmx.org"}
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    for name in assets.RECIPE:
        assert "://" not in (assets.PROJECT / name).read_text(encoding="utf-8")


def test_fresh_means_whole_and_by_this_recipe(project: Path) -> None:
    assert not assets.is_fresh()
    furnish(project)
    assert assets.is_fresh()
    (project / "vendor" / "htmx.js").unlink()
    assert not assets.is_fresh()


def test_another_recipe_is_not_fresh(project: Path) -> None:
    furnish(project)
    (project / ".npmrc").write_text("audit=true\n", encoding="ascii")
    assert not assets.is_fresh()


def test_inside_a_wheel_there_is_nothing_to_fetch(project: Path) -> None:
    assert not assets.is_packed()
    (project / "package-lock.json").unlink()
    assert assets.is_packed()


def test_what_npm_says_is_passed_on_and_nothing_is_half_done(project: Path) -> None:
    (project / "package-lock.json").write_text("{}", encoding="ascii")
    with pytest.raises(assets.NotFetched, match="npm"):
        assets.fetch()
    assert not assets.VENDOR.exists()
