from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("<int:document_id>/lage/", views.document_progress, name="document_progress"),
    path("<int:document_id>/hamta/", views.document_download, name="document_download"),
    path("<int:document_id>/forsok-igen/", views.document_retry, name="document_retry"),
]
