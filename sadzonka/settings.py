"""Settings for every installation: laptop defaults; the environment differs (docs/running.md)."""

import os
import secrets
import sqlite3
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PROJECT_DIR = Path(__file__).resolve().parent
ROOT_DIR = PROJECT_DIR.parent
VAR_DIR = Path(os.environ.get("SADZONKA_VAR", ROOT_DIR / "var"))


def _switch(name: str, *, default: bool) -> bool:
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


def _kept_secret() -> str:
    """Return this installation's key, made once and readable by its owner only."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:  # another process made it at this very moment
            return path.read_text()
        with os.fdopen(descriptor, "w") as key_file:
            key_file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _sqlite_options() -> dict[str, object]:
    """Choose the journal by version: SQLite 3.7.0-3.51.2 can corrupt a WAL database in use by two."""
    version = sqlite3.sqlite_version_info
    is_wal_safe = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    journal = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    rollback = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;"
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": journal if is_wal_safe else rollback,
    }


SECRET_KEY = os.environ.get("SADZONKA_SECRET_KEY") or _kept_secret()
DEBUG = _switch("SADZONKA_DEBUG", default=False)
ALLOWED_HOSTS = os.environ.get("SADZONKA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
IS_HTTPS = _switch("SADZONKA_HTTPS", default=False)
BASE_ADDRESS = os.environ.get("SADZONKA_ADDRESS", f"http://127.0.0.1:{os.environ.get('PORT') or 8000}")

INSTALLED_APPS = [
    "sadzonka.common",
    "sadzonka.places",
    "sadzonka.organisations",
    "sadzonka.people",
    "sadzonka.media",
    "sadzonka.outbox",
    "sadzonka.funding",
    "sadzonka.conversations",
    "sadzonka.practices",
    "sadzonka.visits",
    "sadzonka.transfer",
    "sadzonka.website",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sadzonka.website.middleware.LanguageMiddleware",
    "sadzonka.website.middleware.refuse_null_bytes",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "sadzonka.urls"
WSGI_APPLICATION = "sadzonka.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["sadzonka.common.templatetags.words", "sadzonka.common.templatetags.drawings"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{VAR_DIR / 'sadzonka.sqlite3'}", conn_max_age=60)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = _sqlite_options()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True  # participants have no password
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds: the code comes by mail, which may take minutes
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Sadzonka] "
ACCOUNT_ADAPTER = "sadzonka.outbox.accounts.OutboxAccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]

LANGUAGE_CODE = "pl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("pl", _("Polish")), ("it", _("Italian")), ("en", _("English"))]
LOCALE_PATHS = [PROJECT_DIR / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# The demo serves straight from the finders: collectstatic with a manifest would cost 12 s of the first start.
IS_STATIC_COLLECTED = _switch("SADZONKA_STATIC_COLLECTED", default=False)
WHITENOISE_USE_FINDERS = not IS_STATIC_COLLECTED
STATIC_ROOT = VAR_DIR / "static" if IS_STATIC_COLLECTED else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_HOST = os.environ.get("SADZONKA_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("SADZONKA_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SADZONKA_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SADZONKA_MAIL_PASSWORD", "")
EMAIL_USE_TLS = _switch("SADZONKA_MAIL_TLS", default=False)
EMAIL_TIMEOUT = 10
# Without a mail server messages are written to files, so that a newcomer can read what would have been sent.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("SADZONKA_MAIL_FROM", "sadzonka@localhost")
CONTACT_ADDRESS = os.environ.get("SADZONKA_CONTACT_TO", "contact@localhost")
CONTACT_MESSAGES_PER_HOUR = 5
# A whole town hall may sit behind one address.
APPLICATIONS_PER_HOUR = int(os.environ.get("SADZONKA_APPLICATIONS_PER_HOUR", "20"))
EXCHANGE_MESSAGES_PER_HOUR = 20  # by one person, in all threads together
QUESTIONS_TO_HOSTS_PER_DAY = 5  # by one person, to all hosts together

WAGTAIL_SITE_NAME = "Sadzonka"
WAGTAILADMIN_BASE_URL = BASE_ADDRESS
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Paper"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview is a frame of our own
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),  # Wagtail's admin has inline scripts
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
