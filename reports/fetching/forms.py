"""What is chosen on a page, offered as it can be taken."""

from django import forms

from governance.fields import offer
from reports.fetching.queries import FetchPage


class FetchForm(forms.Form):
    """An indicator without outcome and a source; only offers, the page reads the answer."""

    indicator = forms.ChoiceField(label="Får värdet")
    source = forms.ChoiceField(label="Källa")

    def __init__(self, page: FetchPage) -> None:
        indicator, source = page.chosen
        super().__init__(initial={"indicator": indicator, "source": source})
        for name, offers in (
            ("indicator", [(each.key, each.words) for each in page.wanted]),
            ("source", [(each.key, each.words) for each in page.sources]),
        ):
            offer(self, name, offers)
