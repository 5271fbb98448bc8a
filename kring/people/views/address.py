"""Another mail address to log in with: ask, and confirm with the link in the letter."""

from allauth.account.decorators import reauthentication_required
from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kring.people.actions import address as actions
from kring.people.forms.entrance import NewAddress


@require_http_methods(["GET", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def address(request: HttpRequest) -> HttpResponse:
    """Type the new address. Whether it has an account already, the answer does not tell."""
    form = NewAddress(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        slow: HttpResponse | None = consume_or_429(request, action="address")
        if slow:
            return slow
        actions.ask_address(request.user, form.cleaned_data["email"])  # type: ignore[arg-type]  # logged in
        sent = {"sent": form.cleaned_data["email"]}
        return render(request, "people/pages/address.html", {"form": form, **sent})
    status = 422 if form.is_bound else 200
    return render(request, "people/pages/address.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
def confirm_address(request: HttpRequest, key: str) -> HttpResponse:
    """Opening the link changes nothing; the button does."""
    account = request.user
    new = actions.proposed(account, key)  # type: ignore[arg-type]  # logged in
    if request.method == "POST" and actions.change_address(account, key):  # type: ignore[arg-type]  # logged in
        done = {"done": True, "email": account.get_username()}
        return render(request, "people/pages/address_confirm.html", done)
    status = 200 if new and request.method == "GET" else 404
    about = {"new": new if status == 200 else "", "email": account.get_username()}
    return render(request, "people/pages/address_confirm.html", about, status=status)
