"""The page as text: it needs nothing else, escapes what users wrote, and says all that is known."""

import re
from dataclasses import replace
from html import escape, unescape
from html.parser import HTMLParser
from typing import ClassVar

import pytest

from axiomcheck.engine.campaign import DEFAULT_FAMILIES
from axiomcheck.networks.family import DESCRIPTIONS
from axiomcheck.reports.groups import GROUPS
from axiomcheck.reports.html import as_html, matrix_html
from axiomcheck.results.certificate import LIMITS, Identity
from axiomcheck.results.claim import Claim


@pytest.mark.parametrize("form", [as_html, matrix_html])
def test_it_needs_nothing_but_itself(certificate, form):
    """No address of anything outside stands in it."""

    class Addresses(HTMLParser):
        found: ClassVar[list[str]] = []

        def handle_starttag(self, tag, attributes):
            self.found += [value for name, value in attributes if name in ("src", "href") and not value.startswith("#")]

    page = form(certificate)
    Addresses().feed(page)
    assert Addresses.found == []
    assert "@import" not in page
    assert page.replace("http://www.w3.org/2000/svg", "").count("http") == 0


@pytest.mark.parametrize("form", [as_html, matrix_html])
def test_what_a_user_wrote_is_escaped(hostile, form):
    """Names and messages cannot become elements, nor end an attribute."""

    class Elements(HTMLParser):
        found: ClassVar[set[str]] = set()
        handlers: ClassVar[list[str]] = []

        def handle_starttag(self, tag, attributes):
            self.found.add(tag)
            self.handlers += [name for name, _ in attributes if name.startswith("on")]

    page = form(hostile)
    Elements().feed(page)
    assert page.count("<script") == page.count('<script type="application/json">') + (form is as_html)
    assert "&lt;script&gt;" in page
    assert Elements.handlers == []


def test_the_script_of_the_page_is_its_own(hostile, certificate):
    """What runs is the same text whatever users wrote."""
    scripts = [page[page.rindex("<script>") :] for page in (as_html(hostile), as_html(certificate))]
    assert scripts[0] == scripts[1]


def test_all_families_are_named_and_described(certificate):
    """The four presets stand in the page, each with its words."""
    page = as_html(certificate)
    assert set(certificate.families) == set(DEFAULT_FAMILIES)
    for name in DEFAULT_FAMILIES:
        assert name in page
        assert escape(DESCRIPTIONS[name]) in page


def test_every_cell_has_its_place(certificate):
    """Each mark of the matrix leads to an element that is there, once; there are as many as cells."""

    class Marks(HTMLParser):
        links: ClassVar[list[str]] = []
        names: ClassVar[list[str]] = []

        def handle_starttag(self, tag, attributes):
            told = dict(attributes)
            self.names += [told["id"]] if "id" in told else []
            self.links += [told["href"][1:]] if tag == "a" and "mark" in told.get("class", "") else []

    Marks().feed(as_html(certificate))
    assert len(Marks.links) == len(set(Marks.links)) == len(certificate.cells)
    assert set(Marks.links) <= set(Marks.names)
    assert len(Marks.names) == len(set(Marks.names))


def test_a_cell_says_what_it_rests_on(whole):
    """Its scope, the cases by what became of them, its tolerance, and what was measured."""
    page = as_html(whole)
    for words in (
        "holds without biases; fails once biases are negative: f(x1) = relu(x1 - 1)",
        "<td>70, 3 timed out<td>60<td>0",
        "<td>0.03",
        "slope, the median and the maximum: bias-free 1 to 2.5 · ",
        "independent draws of up to 4 variables",
        "declares 0.03 of its scale",
    ):
        assert words in page


def test_what_it_does_not_say_stands_beside_every_verdict(certificate):
    """The limits stand at the top, before the matrix; and each outcome has a sentence of its own."""
    page = as_html(certificate)
    assert unescape(page).index(LIMITS) < unescape(page).index('id="matrix"')
    assert page.count('<section class="outcome') == page.count('<p class="caveats">') > 4


def test_every_group_has_its_table(whole, certificate):
    """Each under its heading; groups of which nothing was asked have none."""
    for form in (as_html, matrix_html):
        assert all(f'aria-label="{heading}">' in form(whole) for heading in GROUPS.values())
        assert form(certificate).count('<table class="matrix') == 1


def test_a_known_violation_and_who_the_explainers_are_are_told(certificate):
    """The reason of a known violation stands beside it, and the version and source of an explainer."""
    cells = [replace(cell, expected="since 1.0") if cell.verdict == "violated" else cell for cell in certificate.cells]
    known = replace(certificate, cells=tuple(cells), identities=(Identity("grad-x-input", "0.1.0", "abc123"),))
    page = as_html(known)
    assert "<b>Known and expected:</b> since 1.0" in page
    assert "version 0.1.0, SHA-256 of its source <code>abc123</code>" in page


def test_a_refuted_claim_shows_its_own_counterexample(certificate):
    """It has a section, named for the family of the claim."""
    found = next(cell.counterexample for cell in certificate.cells if cell.counterexample)
    claim = Claim("mlp,bias=none", "refuted", "it is not so", found)
    cells = [replace(cell, claim=claim) if cell.verdict == "holds" else cell for cell in certificate.cells]
    page = as_html(replace(certificate, cells=tuple(cells)))
    assert "claim refuted <small>in bias-free</small>" in page
    assert 'Promised</b> in bias-free: <b class="refuted">refuted</b>: it is not so' in page


def test_the_matrix_of_a_notebook_says_every_verdict(certificate):
    """A mark with its words for each cell, the limits, and no links, which lead nowhere there."""
    fragment = matrix_html(certificate)
    assert fragment.count('role="img"') == len(certificate.cells)
    assert LIMITS in unescape(fragment)
    assert "<a " not in fragment
    assert "<html" not in fragment


def test_a_mix_of_layers_is_told_in_words(certificate):
    """Its items stand where it is described, in titles and in commands, and nowhere else."""
    mix = "mlp,conv,maxpool,bias=none,output=any,inputs=real,outputs=many"
    cells = tuple(replace(cell, family=mix) if cell.family == "biased" else cell for cell in certificate.cells)
    page = as_html(replace(certificate, cells=cells))
    told = re.sub(r"<pre.*?</pre>|<dd>perceptrons with.*?</dd>|title=\"[^\"]*\"", "", page, flags=re.DOTALL)
    assert "bias=none" in page
    assert "bias=none" not in told
    assert told.count("convolutions and max pools, no biases") >= len(certificate.axioms)


def test_numbers_are_written_one_way(whole):
    """To three digits, with no signs and zeros of an exponent that say nothing."""
    cells = [
        replace(cell, worst_gap=1234.5678, figures={"slope": {"median": 1e-7, "max": 6.571e6}}) for cell in whole.cells
    ]
    text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", as_html(replace(whole, cells=tuple(cells))), flags=re.DOTALL)
    assert "1230" in text
    assert "1e-7 to 6.57e6" in " ".join(text.split())
    assert not re.search(r"\de[+-]0|\d\.\d{4}", text.partition("Reproducibility")[0])
