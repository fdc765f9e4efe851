from django.urls import path

from dialogues import views

app_name = "dialogues"

urlpatterns = [
    path("", views.round_list, name="round_list"),
    path("omgang/<int:pk>/", views.round_detail, name="round_detail"),
    path("<int:pk>/", views.dialogue_detail, name="dialogue_detail"),
    path("<int:pk>/forslag/", views.proposal_create, name="proposal_create"),
    path("forslag/<int:pk>/", views.proposal_detail, name="proposal_detail"),
    path("forslag/<int:pk>/redigera/", views.proposal_edit, name="proposal_edit"),
    path("forslag/<int:pk>/godkann/", views.proposal_approve, name="proposal_approve"),
    path("forslag/<int:pk>/oppna/", views.proposal_reopen, name="proposal_reopen"),
    path("forslag/<int:pk>/sand/", views.proposal_send, name="proposal_send"),
    path("forslag/<int:pk>/pdf/", views.proposal_pdf, name="proposal_pdf"),
    path("sammantraden/", views.meeting_list, name="meeting_list"),
    path("sammantraden/<int:pk>/", views.meeting_detail, name="meeting_detail"),
    path("sammantraden/<int:pk>/paragraf/", views.paragraph_create, name="paragraph_create"),
    path("sammantraden/<int:pk>/justering/", views.verification_send, name="verification_send"),
    path("protokoll/", views.paragraph_list, name="paragraph_list"),
    path("protokoll/<int:pk>/", views.paragraph_detail, name="paragraph_detail"),
    path("protokoll/<int:pk>/redigera/", views.paragraph_edit, name="paragraph_edit"),
    path("protokoll/<int:pk>/yrkande/", views.motion_add, name="motion_add"),
    path("protokoll/<int:pk>/stryk/", views.paragraph_strike, name="paragraph_strike"),
    path("protokoll/<int:pk>/expediera/", views.paragraph_dispatch, name="paragraph_dispatch"),
    path("protokoll/<int:pk>/exportera/", views.paragraph_export, name="paragraph_export"),
    path("yrkande/<int:pk>/", views.motion_settle, name="motion_settle"),
    path("justering/<int:pk>/", views.verification_detail, name="verification_detail"),
    path("justering/<int:pk>/underskrift/", views.verification_sign, name="verification_sign"),
    path("justering/<int:pk>/avbojning/", views.verification_decline, name="verification_decline"),
    path("kontrollera/", views.verify_upload, name="verify_upload"),
]
