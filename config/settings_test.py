"""What the test suite changes: own folders, fast hashing, plain http."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="uppsikt-test-"))
os.environ.setdefault("SECURE", "false")

from config.settings import *  # noqa: F403 -- the environment must be set before it is read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Without the hard spaces that config/templates.py prints: an expectation that something is not on a
# page would hold in silence. The browser's tests run what is run (config.settings).
TEMPLATES[0]["BACKEND"] = "django.template.backends.django.DjangoTemplates"  # noqa: F405 -- as above
