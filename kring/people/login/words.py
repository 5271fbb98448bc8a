"""What logging in says: errors, short messages and letters, in our own words."""

from django.utils.translation import gettext_lazy as _

# One answer for a wrong password, an unknown address and an account that is closed.
_NO_MATCH = _(
    "This mail address and password do not go together. Check both, or choose a new password."
)

ERRORS = {
    "account_inactive": _NO_MATCH,
    "email_password_mismatch": _NO_MATCH,
    "invalid_login": _NO_MATCH,
    "enter_current_password": _("Type the password you use now."),
    "incorrect_code": _(
        "This code is not right (any more). Look at your app and type the new one."
    ),
    "incorrect_password": _("This is not your password. Try again."),
    "invalid_or_expired_key": _("This link no longer works. Ask for a new one."),
    "invalid_password_reset": _("This link no longer works. Ask for a new one."),
    "too_many_login_attempts": _(
        "This went wrong a few times. Wait five minutes, or choose a new password."
    ),
    "rate_limited": _("That was quick. Wait a minute and try again."),
}

MESSAGES = {
    "account/messages/password_changed.txt": _("Your new password works from now on."),
    "account/messages/password_set.txt": _("Your new password works from now on."),
    "mfa/messages/totp_activated.txt": _("Your app works as a second step from now on."),
    "mfa/messages/totp_deactivated.txt": _("The app is no longer a second step."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "There are new spare codes. The old ones no longer work."
    ),
    "mfa/messages/webauthn_added.txt": _("You can use this passkey from now on."),
    "mfa/messages/webauthn_removed.txt": _("This passkey no longer works."),
}

_RESET = _(
    "Hello,\n\nSomebody asked for a new password for {email}. Choose it here:\n\n{link}\n\n"
    "This link works once. Did you not ask for it? Then you need not do anything."
)
_PASSWORD = _(
    "Hello,\n\nThe password of {email} was changed.\n\nWas this not you? Choose a new password at"
    " once on the login page, and tell an administrator of your organisation."
)
_SECOND = _(
    "Hello,\n\nThe second step with which {email} logs in was changed (an app, a passkey or the"
    " spare codes).\n\nWas this not you? Choose a new password at once on the login page, and tell"
    " an administrator of your organisation."
)

LETTERS = {
    "account/email/password_reset_key": (_("Choose a new password"), _RESET),
    "account/email/password_reset": (_("Your password was changed"), _PASSWORD),
    "account/email/password_changed": (_("Your password was changed"), _PASSWORD),
    "account/email/password_set": (_("Your password was changed"), _PASSWORD),
    "mfa/email/totp_activated": (_("Your second step was changed"), _SECOND),
    "mfa/email/totp_deactivated": (_("Your second step was changed"), _SECOND),
    "mfa/email/recovery_codes_generated": (_("Your second step was changed"), _SECOND),
    "mfa/email/webauthn_added": (_("Your second step was changed"), _SECOND),
    "mfa/email/webauthn_removed": (_("Your second step was changed"), _SECOND),
}
