"""Second factors: their secrets are sealed (K4); a copy of the database alone opens nothing."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter

from kring.base.keys import Sealed, place, seal, unseal

# Authenticators belong to an account, not to an organisation, and are sealed before they have a row.
ABOUT = place("mfa_authenticator", "data", 0, 0)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's own, with its hook for sealing filled in."""

    def encrypt(self, text: str) -> str:
        sealed = seal(text, ABOUT)
        return f"{b64encode(sealed.box).decode()}.{b64encode(sealed.key).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        box, _, key = encrypted_text.partition(".")
        return unseal(Sealed(b64decode(box), b64decode(key)), ABOUT)
