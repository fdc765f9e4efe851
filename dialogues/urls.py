from django.urls import path

from dialogues.board_dialogues.views import dialogue_detail, round_detail, round_list
from dialogues.meetings.views import (
    meeting_detail,
    meeting_list,
    motion_add,
    motion_settle,
    paragraph_create,
    paragraph_edit,
    paragraph_strike,
)
from dialogues.proposals.views import (
    proposal_approve,
    proposal_create,
    proposal_detail,
    proposal_edit,
    proposal_pdf,
    proposal_reopen,
    proposal_send,
)
from dialogues.verification.views import (
    paragraph_detail,
    paragraph_dispatch,
    paragraph_export,
    paragraph_list,
    verification_decline,
    verification_detail,
    verification_send,
    verification_sign,
    verify_upload,
)

app_name = "dialogues"

urlpatterns = [
    path("", round_list, name="round_list"),
    path("omgang/<int:pk>/", round_detail, name="round_detail"),
    path("<int:pk>/", dialogue_detail, name="dialogue_detail"),
    path("<int:pk>/forslag/", proposal_create, name="proposal_create"),
    path("forslag/<int:pk>/", proposal_detail, name="proposal_detail"),
    path("forslag/<int:pk>/redigera/", proposal_edit, name="proposal_edit"),
    path("forslag/<int:pk>/godkann/", proposal_approve, name="proposal_approve"),
    path("forslag/<int:pk>/oppna/", proposal_reopen, name="proposal_reopen"),
    path("forslag/<int:pk>/sand/", proposal_send, name="proposal_send"),
    path("forslag/<int:pk>/pdf/", proposal_pdf, name="proposal_pdf"),
    path("sammantraden/", meeting_list, name="meeting_list"),
    path("sammantraden/<int:pk>/", meeting_detail, name="meeting_detail"),
    path("sammantraden/<int:pk>/paragraf/", paragraph_create, name="paragraph_create"),
    path("sammantraden/<int:pk>/justering/", verification_send, name="verification_send"),
    path("protokoll/", paragraph_list, name="paragraph_list"),
    path("protokoll/<int:pk>/", paragraph_detail, name="paragraph_detail"),
    path("protokoll/<int:pk>/redigera/", paragraph_edit, name="paragraph_edit"),
    path("protokoll/<int:pk>/yrkande/", motion_add, name="motion_add"),
    path("protokoll/<int:pk>/stryk/", paragraph_strike, name="paragraph_strike"),
    path("protokoll/<int:pk>/expediera/", paragraph_dispatch, name="paragraph_dispatch"),
    path("protokoll/<int:pk>/exportera/", paragraph_export, name="paragraph_export"),
    path("yrkande/<int:pk>/", motion_settle, name="motion_settle"),
    path("justering/<int:pk>/", verification_detail, name="verification_detail"),
    path("justering/<int:pk>/underskrift/", verification_sign, name="verification_sign"),
    path("justering/<int:pk>/avbojning/", verification_decline, name="verification_decline"),
    path("kontrollera/", verify_upload, name="verify_upload"),
]
