"""Indicators: the list of a body, one with its trend, and the pages that define it."""

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from governance.http import (
    AppRequest,
    number_of,
    posted,
    seen_number,
    status_of,
    token_of,
    tried,
    version_to_carry,
)
from governance.models import Body
from governance.policy import policy
from governance.rules import Stale
from targets.indicators.actions.indicators import (
    add_definition,
    add_indicator,
    set_categories,
    set_targets,
)
from targets.indicators.forms import indicators
from targets.indicators.forms.indicators import (
    CategoriesForm,
    DefinitionForm,
    IndicatorForm,
    SearchForm,
    targets_of,
    typed_target,
)
from targets.indicators.queries.indicator_list import get_indicator_list_for, lists_of
from targets.indicators.queries.indicator_page import (
    get_body_to_add_in,
    get_indicator_to_define,
    get_targets_for,
    indicator_page,
    read_as,
)
from targets.models import Indicator
from targets.outcomes.actions.anew import change_indicator
from targets.outcomes.queries.figures import definitions_of

READERS = "controller, head of administration, chair and reader of the body"
DEFINERS = "controller of the owning body; case officer of the board for a shared indicator"


@policy("everyone who may open some list of indicators")
@require_GET
def indicator_index(request: AppRequest) -> HttpResponse:
    """The reader's own list; the page leads on to the others."""
    body = lists_of(request.user, request.today)[0]
    return redirect("targets:indicator_list", body.pk)


@policy(f"{READERS}; case officer of the board sees the shared ones")
@require_GET
@vary_on_headers("HX-Request")
def indicator_list(request: AppRequest, pk: int) -> HttpResponse:
    sought = indicators.sought(request.GET)
    page = get_indicator_list_for(request.user, pk, request.today, sought)
    template = "targets/indicator_list.html"
    if request.htmx and not request.htmx.history_restore_request:
        template += "#rows"
    context = {"page": page, "form": SearchForm(request.GET, page=page)}
    return render(request, template, context)


@policy(f"{READERS} that it concerns; case officer of the board sees a shared definition")
@require_GET
def indicator_detail(request: AppRequest, pk: int) -> HttpResponse:
    page = indicator_page(
        request.user,
        pk,
        request.today,
        body_pk=number_of(request.GET, "namnd"),
        months=number_of(request.GET, "langd") or 0,
        with_all="alla" in request.GET,
    )
    return render(request, "targets/indicator_detail.html", {"page": page})


@policy("controller of the body; case officer of the board at the board")
@require_http_methods(["GET", "POST"])
def indicator_add(request: AppRequest, pk: int) -> HttpResponse:
    body, is_shared = get_body_to_add_in(request.user, pk, request.today)
    form, token = IndicatorForm(request.POST or None), token_of(request.POST)

    def save() -> HttpResponse:
        indicator = add_indicator(
            body=body, is_shared=is_shared, values=form.cleaned_data, by=request.user, token=token
        )
        messages.success(request, f"”{indicator.name}” är upplagd. Skriv nu dess definition.")
        return redirect("targets:definition_add", indicator.pk)

    answer = posted(request, save, form)
    if isinstance(answer, HttpResponse):
        return answer
    title = "Ny gemensam indikator" if is_shared else "Ny indikator"
    context = {
        "form": form, "body": body, "title": title, "verb": "Lägg upp",
        "refusal": answer, "indicator": None, "token": token,
    }  # fmt: skip
    return render(request, "targets/indicator_form.html", context, status=status_of(answer))


@policy(DEFINERS)
@require_http_methods(["GET", "POST"])
def indicator_edit(request: AppRequest, pk: int) -> HttpResponse:
    indicator, owner = get_indicator_to_define(request.user, pk, request.today)
    form = IndicatorForm(request.POST or None, instance=indicator)

    def save(seen: int) -> None:
        change_indicator(indicator=indicator, values=form.cleaned_data, seen=seen, by=request.user)

    return _page(request, indicator, owner, form, save, title="Redigera indikatorn")


@policy(DEFINERS)
@require_http_methods(["GET", "POST"])
def definition_add(request: AppRequest, pk: int) -> HttpResponse:
    indicator, owner = get_indicator_to_define(request.user, pk, request.today)
    definitions = definitions_of([indicator])[indicator.pk]
    form = DefinitionForm(request.POST or None, definitions=definitions)

    def save(seen: int) -> None:
        add_definition(indicator=indicator, **form.cleaned_data, seen=seen, by=request.user)

    return _page(request, indicator, owner, form, save, title="Ny definition")


@policy(DEFINERS)
@require_http_methods(["GET", "POST"])
def category_edit(request: AppRequest, pk: int) -> HttpResponse:
    indicator, owner = get_indicator_to_define(request.user, pk, request.today)
    form = CategoriesForm(request.POST or None, categories=indicator.categories.all())

    def save(seen: int) -> None:
        set_categories(indicator=indicator, names=form.names, seen=seen, by=request.user)

    return _page(request, indicator, owner, form, save, title="Kategorier")


def _page(
    request: AppRequest,
    indicator: Indicator,
    owner: Body,
    form: django_forms.BaseForm,
    save: Callable[[int], None],
    *,
    title: str,
) -> HttpResponse:
    """The form, or the indicator when it is saved. A conflict shows what stands now beside what
    was typed, and carries the version that stands, so that saving again is a choice."""
    refusal = None
    if request.method == "POST":
        refusal = tried(lambda: save(seen_number(request.POST)), form)
        if refusal is None:
            messages.success(request, "Sparat.")
            return redirect("targets:indicator_detail", indicator.pk)
        indicator.refresh_from_db(fields=["version"])
    context = {
        "form": form, "body": owner, "indicator": indicator, "title": title, "verb": "Spara",
        "refusal": refusal, "version": version_to_carry(request.POST, indicator.version, refusal),
    }  # fmt: skip
    return render(request, "targets/indicator_form.html", context, status=status_of(refusal))


@policy(f"controller of the body writes; {READERS} read")
@require_http_methods(["GET", "POST"])
def target_edit(request: AppRequest, pk: int) -> HttpResponse:
    write = request.method == "POST"
    page = get_targets_for(request.user, pk, request.today, write=write)
    targets = targets_of(page, request.POST if write else None)
    refusal = None
    if write:

        def save() -> None:
            wanted = [target.wanted for target in targets]
            set_targets(place=page.years.place, wanted=wanted, by=request.user)

        refusal = tried(save, *targets)
        if refusal is None:
            messages.success(request, "Sparat.")
            return redirect("targets:target_edit", pk)
        if isinstance(refusal, Stale):
            page = get_targets_for(request.user, pk, request.today)
            targets = targets_of(page, request.POST, carrying_on=True)
    echoed = [(target, read_as(page, target.typed)) for target in targets]
    context = {"page": page, "targets": echoed, "refusal": refusal}
    return render(request, "targets/target_edit.html", context, status=status_of(refusal))


@policy(READERS)
@require_GET
def target_echo(request: AppRequest, pk: int) -> HttpResponse:
    """What is being typed, as it would be read; nothing is saved."""
    page = get_targets_for(request.user, pk, request.today)
    reading = read_as(page, typed_target(request.GET))
    return render(request, "targets/target_echo.html", {"reading": reading})
