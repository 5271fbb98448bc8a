"""What is typed on the way in: a password with an invitation, another mail address."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kring.people.models import Account


class Accept(forms.Form):
    """A password for a new account, or none when a passkey follows."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least twelve characters. A short sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        required=False,
    )
    way = forms.ChoiceField(choices=[("password", ""), ("passkey", "")])

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """A password is checked like any other; with a passkey it is left out."""
        kept = super().clean() or {}
        if kept.get("way") == "passkey":
            kept["password"] = None
            return kept
        try:
            validate_password(kept.get("password") or "", Account(email=self.email))
        except forms.ValidationError as wrong:
            self.add_error("password", wrong)
        return kept


class NewAddress(forms.Form):
    """The mail address somebody wants to log in with."""

    email = forms.EmailField(
        label=_("New mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        max_length=254,
    )

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_email(self) -> str:
        """In lower case, as accounts are compared; another one than now."""
        email: str = self.cleaned_data["email"].strip().lower()
        if email == self.account.email:
            raise forms.ValidationError(_("This is the address you log in with now."))
        return email
