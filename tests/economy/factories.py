"""Minimal valid rows of the economy."""

from decimal import Decimal

from economy.enums import AmountKind, Measure, SignStyle
from economy.models import Amount, Line, Scope
from governance.models import Body, Period


def make_scope(body: Body, key: str = "ordinarie") -> Scope:
    return Scope.objects.create(
        body=body,
        key=key,
        name="Ordinarie verksamhet",
        short_name="ordinarie",
        mark="*",
        footnote="Exklusive förrådsvaror",
    )


def make_line(
    body: Body,
    key: str = "resultat",
    *,
    scope: Scope | None = None,
    measure: Measure = Measure.KR,
    style: SignStyle = SignStyle.RESULT,
    decimals: int = 1,
) -> Line:
    return Line.objects.create(
        body=body,
        scope=scope,
        key=key,
        name=f"Raden {key}",
        position=Line.objects.filter(body=body).count(),
        measure=measure,
        sign_style=style,
        decimals=decimals,
    )


def make_amount(
    line: Line,
    period: Period,
    value: str,
    *,
    kind: AmountKind = AmountKind.OUTCOME,
    is_stated: bool = False,
) -> Amount:
    return Amount.objects.create(
        line=line, period=period, kind=kind, value=Decimal(value), is_stated=is_stated
    )
