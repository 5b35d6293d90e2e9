"""Settings, all from the environment.

Three modes (RUAMBAN_MODE): `demo` (synthetic people, one-click sign-ins, mail kept for the outbox page),
`single` (one shelter on SQLite for real) and `production` (PostgreSQL, Redis, no defaults for secrets).
Values that would be unsafe in production stop the start with a sentence that says what to set.
"""

import base64
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import folder

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env.str("RUAMBAN_MODE", "demo")
if MODE not in {"demo", "single", "production"}:
    raise ImproperlyConfigured("RUAMBAN_MODE must be demo, single or production.")
IS_DEMO = MODE == "demo"
IS_PRODUCTION = MODE == "production"
DEBUG = False

VAR = Path(env.str("RUAMBAN_VAR", str(BASE_DIR / "var"))).resolve()
if not IS_PRODUCTION:
    folder.prepare(VAR)
if (VAR / folder.SECRETS_FILE).exists():
    environ.Env.read_env(VAR / folder.SECRETS_FILE)


def _secret(name: str) -> str:
    """Return the secret `name`. Production has no defaults; elsewhere the first start has made one."""
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set.")
    return value


SECRET_KEY = _secret("SECRET_KEY")
if IS_PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")

# AES-256 keys, base64, comma separated: the first encrypts, the others still decrypt (rotation).
FIELD_KEYS = [base64.b64decode(part) for part in _secret("FIELD_KEYS").split(",")]
if any(len(key) != 32 for key in FIELD_KEYS):
    raise ImproperlyConfigured("FIELD_KEYS must be base64 of 32 bytes each.")

PUBLIC_URL = env.str("PUBLIC_URL", f"http://127.0.0.1:{env.str('PORT', '8000')}").rstrip("/")
_default_hosts = [] if IS_PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=_default_hosts)
if IS_PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts served; * is refused.")
if IS_PRODUCTION and not PUBLIC_URL.startswith("https://"):
    raise ImproperlyConfigured("PUBLIC_URL must start with https:// in production.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL])

INSTALLED_APPS = [
    "governance",
    "rentshare",
    "casework",
    "network",
    "accounts",
    "audit",
    "common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "csp",
    "django.forms",
]

MIDDLEWARE = [
    "common.middleware.HealthFirst",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "common.middleware.LanguageMiddleware",
    "common.middleware.WithinReason",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.ActorMiddleware",
    "common.middleware.HtmxManners",
    "common.middleware.PrivateByDefault",
    "common.middleware.DomainErrors",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
FORM_RENDERER = "common.forms.renderer.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "common.context.page",
            ],
        },
    }
]

# --- database ---------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    if IS_PRODUCTION:
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database in production.")
    # IMMEDIATE takes the write lock when a transaction begins: without it concurrent writers meet
    # "database is locked" when they upgrade from reading to writing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache, sessions --------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "")
if IS_PRODUCTION and not REDIS_URL:
    raise ImproperlyConfigured("REDIS_URL is not set. Production needs Redis.")
CACHES = {
    "default": (
        {
            "BACKEND": "common.cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "ruamban",
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 12) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
if IS_PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    if env.bool("BEHIND_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- security headers -------------------------------------------------------------------------------------
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_MB", 20) * 1024 * 1024
REQUEST_MAX_BYTES = env.int("REQUEST_MAX_MB", 64) * 1024 * 1024
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_MB", 20) * 1024 * 1024
DOCUMENT_MAX_PIXELS = env.int("DOCUMENT_MAX_MEGAPIXELS", 64) * 1_000_000
CONSENT_DAYS = env.int("CONSENT_DAYS", 365)
"""So long a consent lasts unless another day is said; our default."""
LADDER_BACK_UP_AFTER = env.int("LADDER_BACK_UP_AFTER", 3)
LADDER_SUPERVISOR_AFTER = env.int("LADDER_SUPERVISOR_AFTER", 7)
"""After so many working days a late follow-up is told to the back-up colleague and the supervisor; our default."""
REFERRAL_ANSWER_DAYS = env.int("REFERRAL_ANSWER_DAYS", 3)
"""So many working days a referral waits before it chases itself; our default."""
INTAKE_DRAFT_DAYS = env.int("INTAKE_DRAFT_DAYS", 14)
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", 200_000)

# --- sign-in ----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = PUBLIC_URL.split(":", 1)[0]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- language and time ------------------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [
    BASE_DIR / "locale" / app
    for app in ("config", "governance", "rentshare", "casework", "network", "accounts", "audit", "common")
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR / "private"), "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if IS_PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

# --- mail -------------------------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    _mail = env.email_url("EMAIL_URL")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
elif IS_PRODUCTION:
    raise ImproperlyConfigured(
        "EMAIL_URL is not set (for example smtp+tls://user:password@mail.example:587)."
    )
else:
    EMAIL_BACKEND = "common.outbox.OutboxBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "ร่วมบ้าน <ruamban@localhost.invalid>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- jobs -------------------------------------------------------------------------------------------------
TICK_SECONDS = env.float("TICK_SECONDS", 20)
DUE_LEASE_SECONDS = env.float("DUE_LEASE_SECONDS", 300)
LETTER_LEASE_SECONDS = env.float("LETTER_LEASE_SECONDS", 120)
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"  # calendar times are decided in common.schedule, in Bangkok time
CELERY_TASK_TIME_LIMIT = 3600  # a task that hangs is ended; what it had begun is taken up again
# A tick that found no worker is worth nothing later: the worker begins with a tick of its own.
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "common.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": max(60, 3 * TICK_SECONDS)},
    }
}
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_connect_timeout": 3,
        "socket_timeout": 4,  # a page must not hang when Redis does
    }
else:
    BROKER_DIR = VAR / "broker"
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "polling_interval": 0.2,
    }

# --- reports: how figures judge (our defaults; each frozen figure keeps those it was counted under) ---------
REPORT_CONTACT_DAYS = env.int("REPORT_CONTACT_DAYS", 3)
REPORT_RETURN_MONTHS = env.int("REPORT_RETURN_MONTHS", 6)
REPORT_HOUSED_MONTHS = env.int("REPORT_HOUSED_MONTHS", 3)

# --- REST -------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.TokenAuthentication",
        "accounts.tokens.ActorSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "common.api.CursorPages",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.api.error_envelope",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Ruamban API",
    "DESCRIPTION": "Dates are ISO 8601 (Gregorian). Money is a string of baht with two decimals.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    # Several nouns have a state and a kind; a program should find each under a name of its own.
    "ENUM_NAME_OVERRIDES": {
        "ConsentAnswerEnum": "casework.models.Consent.Answer",
        "ConsentHowEnum": "casework.models.Consent.How",
        "DocumentKindEnum": "casework.models.ClientDocument.Kind",
        "WarningKindEnum": "casework.models.SafetyFlag.Kind",
        "EpisodeStateEnum": "casework.models.Episode.State",
        "FollowUpStateEnum": "casework.models.FollowUp.State",
        "FollowUpKindEnum": "casework.models.FollowUp.Kind",
        "ReliefStateEnum": "casework.models.ReliefGrant.State",
        "ReliefHowEnum": "casework.models.ReliefPayment.How",
        "ReferralStateEnum": "casework.models.Referral.State",
        "ReferralBasisEnum": "casework.models.Referral.Basis",
        "ForumStateEnum": "governance.models.Forum.State",
        "DemandStateEnum": "governance.models.Demand.State",
        "DemandStepEnum": "governance.models.DemandEvent.Kind",
        "ContributionKindEnum": "network.models.units.Kind",
        "ContributionStateEnum": "network.models.contribution.Contribution.State",
        "PartnerKindEnum": "network.models.partner.Partner.Kind",
    },
}

# --- logs: codes and keys, never names --------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
    },
}
