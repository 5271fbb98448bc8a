"""Settings. Everything comes from the environment and everything is optional at home.

See ``docs/settings.md`` for the list; ``kring doctor`` explains a wrong installation.
"""

import os
import secrets
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()

CODE = Path(__file__).resolve().parent
DATA_DIR = Path(env("KRING_DATA_DIR", default="var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
PORT = env.int("PORT", default=8000)
BASE_URL = env("KRING_BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
REDIS_URL = env("KRING_REDIS_URL", default="")
DEMO = env.bool("KRING_DEMO", default=False)


def secret(path: Path) -> str:
    """The installation's secret: read, or made once and readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


SECRET_KEY_FILE = Path(env("KRING_SECRET_KEY_FILE", default=str(DATA_DIR / "secret.key")))
SECRET_KEY = secret(SECRET_KEY_FILE)

# Wraps the keys of sealed objects (base/keys.py); keep it outside the backup of the database.
WRAP_KEY_FILE = Path(env("KRING_WRAP_KEY_FILE")) if env("KRING_WRAP_KEY_FILE", default="") else None

DEBUG = False
ALLOWED_HOSTS = ["*"] if DEMO else [environ.urlparse(BASE_URL).hostname, "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "kring.base",
    "kring.web",
    "kring.people",
    "kring.methods",
    "kring.agreements",
    "kring.meetings",
    "kring.stories",
    "kring.series",
    "kring.talks",
    "kring.demo",
    "kring.operator",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "lucide",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "kring.operator.logs.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kring.web.blank.NeverBlank",
    "kring.people.door.Door",
]

ROOT_URLCONF = "kring.urls"
ASGI_APPLICATION = "kring.asgi.application"
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            CODE,
            CODE / "people" / "overrides",
        ],  # a template is named by its place: "meetings/pages/room.html"
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "kring.web.templatetags.kring"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kring.web.context.page",
            ],
        },
    }
]
COTTON_DIR = "web/components"
COTTON_ISOLATE_BY_DEFAULT = True  # a component knows what it is given, nothing of its page

DATABASES = {"default": env.db("KRING_DATABASE_URL", default=f"sqlite:///{DATA_DIR}/kring.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # FULL: an acknowledged write survives a power cut. IMMEDIATE: two writers queue instead of
    # failing half-way (shared/stack measured 19-71 lost posts of 320 without it).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-16000;",
    }
else:
    DATABASES["default"]["ENGINE"] = "kring.base.postgresql"
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 10}}

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
LANGUAGE_COOKIE_NAME = "kring_language"

# Static files: everything is served from here, nothing from elsewhere
STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kring.web.finder.Pictures",
]
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kring.web.storage.Files"},
}

# Mail: waits in the outbox; without KRING_EMAIL_URL it is written to files in the data folder
EMAIL_CONFIG = env.email("KRING_EMAIL_URL", default="filemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"] or ""
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"] or 25
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env("KRING_MAIL_FROM", default="Kring <kring@localhost>")

# Login
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts only come from invitations, sent to the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # our adapter sends nothing, but takes as long
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {"invitation": "20/m/ip", "demo": "60/m/ip", "address": "10/h/user"}
ACCOUNT_ADAPTER = "kring.people.login.Adapter"
MFA_ADAPTER = "kring.people.login.second.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation that made the account went to the address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://")
MFA_TOTP_ISSUER = "Kring"

# The wall around it
_https = BASE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-kring" if _https else "kring"
CSRF_COOKIE_NAME = "__Host-kring-csrf" if _https else "kring-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kring.web.views.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Logs hold no content (kring.operator.logs); unexpected errors wait for ``kring errors``
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "kring.operator.logs.Line"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "errors": {
            "class": "kring.operator.logs.Mishaps",
            "filename": str(DATA_DIR / "errors.log"),
            "formatter": "line",
            "level": "ERROR",
        },
    },
    "root": {"handlers": ["console", "errors"], "level": "WARNING"},
    "loggers": {
        # Django would show whole error reports, and mail them to nobody.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
