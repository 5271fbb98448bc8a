"""Start-up: every feature's policy, panels, clock and doors are found by their file name."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules


class BaseConfig(AppConfig):
    """Mechanisms without tables."""

    name = "kring.base"

    def ready(self) -> None:
        from kring.base import fence  # reads the models, which are loaded by now

        pre_migrate.connect(fence.before_migrations, dispatch_uid="kring-fences-down")
        post_migrate.connect(fence.after_migrations, dispatch_uid="kring-fences-up")
        autodiscover_modules("policy", "panels", "clock", "doors")
