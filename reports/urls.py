from django.urls import path

from reports.clearance.views import versions
from reports.composing.views import packs
from reports.fetching.views import fetching

app_name = "reports"

urlpatterns = [
    path("", packs.pack_list, name="pack_list"),
    path("<int:report_id>/", packs.pack_detail, name="pack_detail"),
    path("<int:report_id>/lamna-in/", packs.pack_submit, name="pack_submit"),
    path("<int:report_id>/godkann/", packs.pack_approve, name="pack_approve"),
    path("<int:report_id>/skicka-tillbaka/", packs.pack_return, name="pack_return"),
    path("<int:report_id>/kommentarer/", packs.pack_send_comments, name="pack_send_comments"),
    path("<int:report_id>/ny-version/", packs.pack_new_version, name="pack_new_version"),
    path("<int:report_id>/pdf/", packs.pack_pdf, name="pack_pdf"),
    path("hamtade/<int:pk>/", fetching.fetched_list, name="fetched_list"),
    path("avsnitt/<int:section_id>/text/", packs.section_save, name="section_save"),
    path("avsnitt/<int:section_id>/bild/", packs.section_preview, name="section_preview"),
    path("avsnitt/<int:section_id>/kommentar/", packs.section_comment, name="section_comment"),
    path("version/<int:version_id>/", versions.version_detail, name="version_detail"),
    path("version/<int:version_id>/ta-emot/", versions.version_receive, name="version_receive"),
    path(
        "version/<int:version_id>/komplettering/",
        versions.version_request_completion,
        name="version_request_completion",
    ),
    path("version/<int:version_id>/anteckning/", versions.version_note, name="version_note"),
    path("version/<int:version_id>/pdf/", versions.version_pdf, name="version_pdf"),
]
