"""Settings of the workplace, read from the environment (docs/reference/web-settings.md)."""

import zoneinfo
from pathlib import Path

from biotoop.web.config.databases import database
from biotoop.web.config.environment import Environment
from biotoop.web.config.keys import old_keys, secret_key
from biotoop.web.config.mail import mail, site_address
from biotoop.web.config.sign_on import sign_on
from biotoop.web.config.variables import MODES

WEB = Path(__file__).resolve().parent.parent
FONTS = WEB.parent / "engine" / "reports" / "fonts"

environment = Environment()
environment.check_names()
MODE = environment.choice("BIOTOOP_MODE", MODES)
IN_PRODUCTION = MODE == "production"
DEBUG = MODE == "development"
DATA = Path(environment.text("BIOTOOP_DATA", None if IN_PRODUCTION else "out/workplace")).resolve()

# ---------------------------------------------------------------- what the site is made of

INSTALLED_APPS = [
    "biotoop.web.config",
    "biotoop.web.api",
    "biotoop.web.dashboards",
    "biotoop.web.clusters",
    "biotoop.web.knowledge",
    "biotoop.web.analyses",
    "biotoop.web.interviews",
    "biotoop.web.studies",
    "biotoop.web.questions",
    "biotoop.web.theories",
    "biotoop.web.programmes",
    "biotoop.web.organisations",
    "biotoop.web.accounts",
    "biotoop.web.shared",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
]
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "biotoop.web.shared.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "biotoop.web.shared.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "biotoop.web.accounts.middleware.idle",
    "biotoop.web.accounts.middleware.personal",
    "biotoop.web.accounts.middleware.second_factor",
    "biotoop.web.organisations.middleware.reader",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
ROOT_URLCONF = "biotoop.web.config.urls"
WSGI_APPLICATION = "biotoop.web.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our own field.html

# ---------------------------------------------------------------- data

# No transaction is open while something is computed: views and actions open their own.
DATABASES = {"default": database(environment, DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA / "media"
FILE_BYTES = 1_000_000 * environment.whole("BIOTOOP_FILE_MEGABYTES", 25, least=1, most=500)
STATIC_ROOT = DATA / "static"
STATIC_URL = "static/"
STATICFILES_DIRS = [("fonts", FONTS)]
_STATIC = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "biotoop.web.config.sheets.JoinedStaticFiles"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC},
}
TASKS = {"default": {"BACKEND": "biotoop.web.shared.tasks.backend.TableBackend"}}
LEASE_SECONDS = environment.whole("BIOTOOP_LEASE_SECONDS", 60, least=2, most=3600)

# ---------------------------------------------------------------- safety

SECRET_KEY = secret_key(environment, MODE, DATA)
SECRET_KEY_FALLBACKS = old_keys(environment)
ALLOWED_HOSTS = environment.words(
    "BIOTOOP_HOSTS", None if IN_PRODUCTION else "localhost,127.0.0.1,[::1]"
)
if IN_PRODUCTION and "*" in ALLOWED_HOSTS:
    environment.fault("BIOTOOP_HOSTS", "'*'", "the names themselves")
PROXIES = environment.whole("BIOTOOP_PROXIES", int(IN_PRODUCTION), least=0, most=5)
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if IN_PRODUCTION else "biotoop-session"
CSRF_COOKIE_NAME = "__Host-csrf" if IN_PRODUCTION else "biotoop-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES = environment.whole("BIOTOOP_IDLE_MINUTES", 60, least=5, most=720)
CSRF_FAILURE_VIEW = "biotoop.web.shared.views.errors.forged"
API_CALLS = environment.whole("BIOTOOP_API_CALLS", 300, least=10, most=100_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# ---------------------------------------------------------------- people

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "dashboards:home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "biotoop.web.accounts.forms.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_RULES}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_RULES}.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 3600
OIDC = sign_on(environment, secure=IN_PRODUCTION)

# ---------------------------------------------------------------- mail

ADDRESS = site_address(environment, ALLOWED_HOSTS, in_production=IN_PRODUCTION)
DEFAULT_FROM_EMAIL = "biotoop@localhost"
_MAIL = mail(environment, MODE)
MAIL_IS_KEPT: bool = not _MAIL
globals().update(_MAIL)  # EMAIL_HOST and the rest

# ---------------------------------------------------------------- language and time

LANGUAGE_CODE = environment.choice("BIOTOOP_LANGUAGE", ("nl", "en"), "nl")
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "biotoop-language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = IN_PRODUCTION
TIME_ZONE = environment.text("BIOTOOP_TIME_ZONE", "Europe/Amsterdam")
if TIME_ZONE not in zoneinfo.available_timezones():
    environment.fault("BIOTOOP_TIME_ZONE", repr(TIME_ZONE), "a name such as Europe/Amsterdam")
    TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django would mail the administrators; the log has it all.
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}

environment.refuse_faults()
