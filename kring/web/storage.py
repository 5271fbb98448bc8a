"""Static files with a fingerprint in their name, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Files(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    """WhiteNoise's storage; a file missing from the manifest keeps its plain name."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The fingerprinted name, or the plain one while nothing has been collected (tests)."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
