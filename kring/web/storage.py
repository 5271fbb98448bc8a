"""Static files with a fingerprint in their name, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Files(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    """WhiteNoise's storage; a file missing from the manifest keeps its plain name."""

    manifest_strict = False
