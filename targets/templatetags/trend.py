"""An indicator's trend."""

from django import template
from django.template.loader import get_template

from figures.memo import remembered
from targets.outcomes.queries.trend import TrendFacts, trend_of

register = template.Library()


@register.simple_tag(name="trend")
@remembered("the facts the trend follows from, as values: another value is another key", size=256)
def shown(facts: TrendFacts) -> str:
    """The chart and the tables as HTML."""
    words, (body_id, _name) = dict(facts.words), facts.body
    context = {"trend": trend_of(facts), "words": words, "body_id": body_id}
    return get_template("targets/_trend.html").render(context)
