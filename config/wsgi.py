"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from config.static_files import refuse_uncollected

LOCK_SECONDS = 3  # who sits at a page is answered within five, saved or not

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOCK_SECONDS", str(LOCK_SECONDS))

application = get_wsgi_application()
refuse_uncollected()
