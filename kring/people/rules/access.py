"""Who must show a second factor before an organisation opens (safety §5)."""

from collections.abc import Iterable

GUARDED_ROLES = frozenset({"administrator", "privacy_officer", "trainer"})


def needs_second_factor(*, roles: Iterable[str], is_external: bool) -> bool:
    """Administrators, privacy officers, trainers (they coach) and everybody from outside."""
    return is_external or not GUARDED_ROLES.isdisjoint(roles)
