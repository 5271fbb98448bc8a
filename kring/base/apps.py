"""Start-up: every feature's policy, panels, menu and clock are found by their file name."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BaseConfig(AppConfig):
    """Mechanisms without tables."""

    name = "kring.base"

    def ready(self) -> None:
        autodiscover_modules("policy", "panels", "clock")
