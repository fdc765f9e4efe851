"""Indicators: the list of a body, one with its trend, and the pages that define it."""

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from governance.http import AppRequest, number_of, seen_number, tried
from governance.models import Body
from governance.policy import policy
from governance.rules import Stale
from targets import actions, forms, queries
from targets.models import Indicator

READERS = "controller, head of administration, chair and reader of the body"
DEFINERS = "controller of the owning body; case officer of the board for a shared indicator"


@policy("everyone who may open some list of indicators")
@require_GET
def indicator_index(request: AppRequest) -> HttpResponse:
    """The reader's own list; the page leads on to the others."""
    body = queries.lists_of(request.user, request.today)[0]
    return redirect("targets:indicator_list", body.pk)


@policy(f"{READERS}; case officer of the board sees the shared ones")
@require_GET
@vary_on_headers("HX-Request")
def indicator_list(request: AppRequest, pk: int) -> HttpResponse:
    sought = forms.sought(request.GET)
    page = queries.get_indicator_list_for(request.user, pk, request.today, sought)
    template = "targets/indicator_list.html"
    if request.htmx and not request.htmx.history_restore_request:
        template += "#rows"
    context = {"page": page, "form": forms.SearchForm(request.GET, page=page)}
    return render(request, template, context)


@policy(f"{READERS} that it concerns; case officer of the board sees a shared definition")
@require_GET
def indicator_detail(request: AppRequest, pk: int) -> HttpResponse:
    page = queries.indicator_page(
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
    body, is_shared = queries.get_body_to_add_in(request.user, pk, request.today)
    form = forms.IndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        indicator = actions.add_indicator(
            body=body, is_shared=is_shared, values=form.cleaned_data, by=request.user
        )
        messages.success(request, f"”{indicator.name}” är upplagd. Skriv nu dess definition.")
        return redirect("targets:definition_add", indicator.pk)
    title = "Ny gemensam indikator" if is_shared else "Ny indikator"
    context = {
        "form": form, "body": body, "title": title, "verb": "Lägg upp",
        "refusal": None, "theirs": (), "indicator": None,
    }  # fmt: skip
    return render(
        request, "targets/indicator_form.html", context, status=422 if form.is_bound else 200
    )


@policy(DEFINERS)
@require_http_methods(["GET", "POST"])
def indicator_edit(request: AppRequest, pk: int) -> HttpResponse:
    indicator, owner = queries.get_indicator_to_define(request.user, pk, request.today)
    form = forms.IndicatorForm(request.POST or None, instance=indicator)

    def save(seen: int) -> None:
        actions.change_indicator(
            indicator=indicator, values=form.cleaned_data, seen=seen, by=request.user
        )

    return _page(request, indicator, owner, form, save, title="Redigera indikatorn")


@policy(DEFINERS)
@require_http_methods(["GET", "POST"])
def definition_add(request: AppRequest, pk: int) -> HttpResponse:
    indicator, owner = queries.get_indicator_to_define(request.user, pk, request.today)
    definitions = queries.definitions_of([indicator])[indicator.pk]
    form = forms.DefinitionForm(request.POST or None, definitions=definitions)

    def save(seen: int) -> None:
        actions.add_definition(indicator=indicator, **form.cleaned_data, seen=seen, by=request.user)

    return _page(request, indicator, owner, form, save, title="Ny definition")


@policy(DEFINERS)
@require_http_methods(["GET", "POST"])
def category_edit(request: AppRequest, pk: int) -> HttpResponse:
    indicator, owner = queries.get_indicator_to_define(request.user, pk, request.today)
    form = forms.CategoriesForm(request.POST or None, categories=indicator.categories.all())

    def save(seen: int) -> None:
        actions.set_categories(indicator=indicator, names=form.names, seen=seen, by=request.user)

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
    refusal, status, version = None, 200, indicator.version
    if request.method == "POST":
        seen = seen_number(request.POST)
        refusal = tried(form, lambda: save(seen))
        if refusal is None:
            messages.success(request, "Sparat.")
            return redirect("targets:indicator_detail", indicator.pk)
        status = refusal.status
        indicator.refresh_from_db(fields=["version"])
        version = indicator.version if isinstance(refusal, Stale) else seen
    context = {
        "form": form, "body": owner, "indicator": indicator, "title": title, "verb": "Spara",
        "refusal": refusal, "theirs": getattr(refusal, "theirs", ()), "version": version,
    }  # fmt: skip
    return render(request, "targets/indicator_form.html", context, status=status)


@policy(f"controller of the body writes; {READERS} read")
@require_http_methods(["GET", "POST"])
def target_edit(request: AppRequest, pk: int) -> HttpResponse:
    write = request.method == "POST"
    page = queries.get_targets_for(request.user, pk, request.today, write=write)
    targets = forms.targets_of(page, request.POST if write else None)
    refusal = None
    if write:

        def save() -> None:
            wanted = [target.wanted for target in targets]
            actions.set_targets(place=page.years.place, wanted=wanted, by=request.user)

        refusal = tried(targets, save)
        if refusal is None:
            messages.success(request, "Målvärdena är sparade.")
            return redirect("targets:target_edit", pk)
        if isinstance(refusal, Stale):
            page = queries.get_targets_for(request.user, pk, request.today)
            targets = forms.targets_of(page, request.POST, carrying_on=True)
    echoed = [(target, queries.read_as(page, target.typed)) for target in targets]
    context = {"page": page, "targets": echoed, "refusal": refusal}
    return render(
        request, "targets/target_edit.html", context, status=refusal.status if refusal else 200
    )


@policy(READERS)
@require_GET
def target_echo(request: AppRequest, pk: int) -> HttpResponse:
    """What is being typed, as it would be read; nothing is saved."""
    page = queries.get_targets_for(request.user, pk, request.today)
    reading = queries.read_as(page, forms.typed_target(request.GET))
    return render(request, "targets/target_echo.html", {"reading": reading})
