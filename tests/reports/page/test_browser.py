"""The page in a real browser: seen, opened, moved, copied; by mouse, by keyboard, without a network."""

import re

import pytest

pytestmark = pytest.mark.browser
JUMPS = "grad-x-input, continuity, bias-free: violated"


def _panel(page, name):
    return page.locator("details.panel").filter(has=page.get_by_role("heading", name=name, exact=True))


def test_a_mark_opens_its_cell(opened):
    """Clicked, it leads to the panel of its explainer and axiom, whose sentence and formula are seen then."""
    page = opened("certificate")
    panel = _panel(page, "grad-x-input · continuity")
    assert not panel.get_by_text("the scores jump from").first.is_visible()
    page.get_by_label(JUMPS).click()
    panel.get_by_text("the scores jump from").first.wait_for()
    assert panel.get_by_text("This does not show").first.is_visible()
    assert panel.locator("tr.chosen th").inner_text() == "bias-free"


def test_the_keyboard_does_the_same(opened):
    """Tab reaches the first mark behind the filters, arrows the others; Enter opens, Escape goes back."""
    page = opened("certificate")
    page.locator("form.filters select").last.focus()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("aria-label").startswith("grad-x-input, conservation, bias-free")
    for key in ("ArrowRight",) * 4:
        page.keyboard.press(key)
    assert focused.get_attribute("aria-label") == JUMPS
    page.keyboard.press("Enter")
    panel = _panel(page, "grad-x-input · continuity")
    panel.get_by_text("the scores jump from").first.wait_for()
    page.keyboard.press("Escape")
    panel.get_by_text("the scores jump from").first.wait_for(state="hidden")
    assert focused.get_attribute("aria-label") == JUMPS


def test_arrows_pass_over_gaps_and_stop_at_the_edge(opened):
    """An explainer that was asked in one family alone has gaps between its marks; left of the first there is none."""
    page = opened("certificate")
    page.get_by_label("other, conservation, biased: error").focus()
    focused = page.locator(":focus")
    page.keyboard.press("ArrowRight")
    assert focused.get_attribute("aria-label") == "other, continuity, biased: unsupported"
    for key in ("ArrowLeft",) * 2:
        page.keyboard.press(key)
    assert focused.get_attribute("aria-label") == "other, conservation, biased: error"


def test_the_slider_moves_the_explanation(opened):
    """At the start of the path and at its end other scores are shown; the keyboard moves it too."""
    page = opened("certificate")
    page.get_by_label(JUMPS).click()
    moving = _panel(page, "grad-x-input · continuity").locator(".moving").first
    slider, scores = moving.get_by_role("slider"), moving.locator(".scores .grid")
    shown = []
    for key in ("Home", "End"):
        slider.press(key)
        shown.append(scores.inner_text())
    assert shown[0] != shown[1]
    slider.press("ArrowLeft")
    assert int(slider.input_value()) == int(slider.get_attribute("max")) - 1


def test_code_is_copied_as_it_is_run(opened, certificate):
    """The button puts the whole script on the clipboard, and says so."""
    page = opened("certificate", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label(JUMPS).click()
    panel = _panel(page, "grad-x-input · continuity")
    panel.get_by_text("Reproduce in Python").first.click()
    panel.get_by_role("button", name="Copy the code").first.click()
    panel.get_by_role("button", name="Copied").wait_for()
    cell = {cell.key: cell for cell in certificate.cells}["grad-x-input", "continuity", "bias-free"]
    assert page.evaluate("navigator.clipboard.readText()") == cell.counterexample.code()


def test_copying_falls_back_without_the_permission(opened):
    """Where the clipboard is refused the older way is taken: what was copied can be pasted."""
    page = opened("certificate")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    page.get_by_label(JUMPS).click()
    panel = _panel(page, "grad-x-input · continuity")
    panel.get_by_role("button", name="Copy the command").first.click()
    panel.get_by_role("button", name="Copied").wait_for()
    page.evaluate("document.body.prepend(document.createElement('textarea'))")
    page.locator("body > textarea").focus()
    page.keyboard.press("Control+V")
    assert page.locator("body > textarea").input_value().startswith("axiomcheck hunt grad-x-input continuity")


@pytest.mark.parametrize("name", ["certificate", "hostile"])
def test_the_page_keeps_to_itself(opened, name):
    """No request leaves it, nothing is wrong on the console, nothing a user wrote runs."""
    page = opened(name)
    page.evaluate("for (const one of document.querySelectorAll('details')) { one.open = true; }")
    assert [url for url in page.requests if not url.startswith("file:")] == []
    assert page.errors == []


def test_it_is_read_without_javascript(opened):
    """A mark leads to the cell's summary, which opens by itself; nothing stands there that does not work."""
    page = opened("certificate", java_script_enabled=False)
    page.get_by_label(JUMPS).click()
    panel = _panel(page, "grad-x-input · continuity")
    panel.locator("summary").first.click()
    panel.get_by_text("the scores jump from").first.wait_for()
    assert panel.locator(".moving svg").first.is_visible()
    assert panel.locator("button:visible, input:visible").count() == 0


@pytest.mark.parametrize("name", ["certificate", "whole", "hostile"])
def test_a_narrow_page_does_not_scroll_sideways(opened, name):
    """On a telephone tables and code scroll in their own frames, the page does not, whatever is open."""
    page = opened(name, width=390)
    page.evaluate("for (const one of document.querySelectorAll('details')) { one.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_all_axioms_are_seen_at_once(opened):
    """On a usual screen no table of a group is wider than its frame by more than a mark."""
    page = opened("whole")
    for frame in page.locator(".overview .frame").all():
        assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 32


def test_head_and_names_stay_in_sight(opened):
    """Where the matrix scrolls in its frame, the axioms stay at its top and the explainers at its left."""
    page = opened("whole", width=390)
    frame = page.locator(".overview .frame").nth(1)
    frame.evaluate("frame => { frame.style.maxHeight = '160px'; frame.scrollTo(200, 60); }")
    box, name, head = frame.bounding_box(), frame.locator("tbody th").last.bounding_box(), frame.locator("thead")
    assert abs(name["x"] - box["x"]) <= 2
    assert abs(head.bounding_box()["y"] - box["y"]) <= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_found_by_axe(opened, scheme):
    """With a cell of each kind open, axe-core finds nothing serious or critical: contrast, names, focus, order."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened("certificate", scheme=scheme)
    page.evaluate("for (const one of document.querySelectorAll('details')) { one.open = true; }")
    found = Axe().run(page).response
    grave = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"] if one["impact"] in GRAVE]
    assert grave == []
    assert len(found["passes"]) > 10


GRAVE = ("serious", "critical")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_what_it_looks_like_is_kept(opened, kept, width, scheme):
    """Screenshots of the matrix and of an open cell; on each the colours are those that were asked for."""
    page = opened("certificate", width=width, scheme=scheme)
    kept(page, f"matrix-{width}-{scheme}")
    page.get_by_label(JUMPS).click()
    _panel(page, "grad-x-input · continuity").get_by_text("the scores jump from").first.wait_for()
    kept(page, f"cell-{width}-{scheme}")
    red, *_ = re.findall(r"\d+", page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor"))
    assert (int(red) > 200) == (scheme == "light")


def test_families_and_explainers_stay_in_sight_beside_their_numbers(opened):
    """On a telephone, where the numbers of a table scroll sideways, its first column stays."""
    page = opened("whole", width=390)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    frames = page.locator(".frame:has(> table.counts)")
    moved = frames.evaluate_all(
        """frames => frames.map(frame => {
            const name = frame.querySelector("tbody th"), before = name.getBoundingClientRect().left;
            frame.scrollLeft = 1e4;
            return [frame.scrollLeft, Math.abs(name.getBoundingClientRect().left - before)];
        })"""
    )
    assert any(scrolled > 0 for scrolled, _ in moved)
    assert all(shift < 2 for _, shift in moved)


def test_no_column_is_cut_on_a_usual_screen(opened):
    """Tables of counts and of measurements are as wide as their frames, or less."""
    page = opened("whole", width=1280)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    cut = page.locator(".frame:has(> table.counts)").evaluate_all(
        "frames => frames.map(frame => frame.scrollWidth - frame.clientWidth)"
    )
    assert len(cut) > 10
    assert max(cut) <= 0


def test_results_are_found_by_words_verdict_and_family(opened):
    """What does not fit is hidden, how much is left is told; empty again, all is there."""
    page = opened("certificate")
    panels, rows = page.locator("details.panel:visible"), page.locator("table.matrix tbody tr:visible")
    every, all_rows = panels.count(), rows.count()
    page.get_by_label("Search").fill("GRAD contin")
    assert _panel(page, "grad-x-input · continuity").is_visible()
    assert (panels.count(), page.locator("form.filters output").inner_text()) == (1, f"1 of {every} results")
    page.get_by_label("Search").fill("")
    page.get_by_label("Verdict").select_option("error")
    assert 0 < rows.count() < all_rows
    page.get_by_label("Verdict").select_option("")
    assert (panels.count(), rows.count()) == (every, all_rows)


def test_the_gravest_stand_on_top(opened):
    """Before the matrix: what fails with an error, what is violated, and where."""
    page = opened("certificate")
    summary = page.get_by_label("summary")
    headings = summary.get_by_role("heading").all_inner_texts()
    assert headings[:2] == ["Fails with an error", "Violated grossly"]
    assert summary.bounding_box()["y"] < page.locator("table.matrix").first.bounding_box()["y"]
    assert "conservation in biased" in summary.locator("dt:text('other') + dd").first.inner_text()


def test_paper_has_a_summary_and_an_appendix(opened):
    """The results come last, on a page of their own, without code and drawings."""
    page = opened("certificate")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    top = page.locator(".appendix").bounding_box()["y"]
    assert all(top > one.bounding_box()["y"] for one in page.locator("main > h2").all())
    assert page.locator(".appendix .reason").first.is_visible()
    assert page.locator(".appendix .drawings:visible, .appendix details.code:visible").count() == 0


def test_paper_shows_what_was_folded(opened):
    """For printing all but code is unfolded, and folded again afterwards."""
    page = opened("certificate")
    count = "document.querySelectorAll('details:not([open]):not(.code)').length"
    before = page.evaluate(count)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert before > 0
    assert page.evaluate(count) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(count) == before
