"""How pages stand on any screen: zoom, narrow screens, text spacing, sizes of targets, colours, motion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.site.conftest import SCHEMES, TEMPLATES, go, go_whole
from tests.site.test_tour import too_wide

if TYPE_CHECKING:
    from tests.site.conftest import NewPage

PHONE, TABLET, WIDE = 320, 768, 1440
DENSE = ["home", "evidence", "risks", "questions", "search", "source", "get-help"]

# WCAG 1.4.12: a reader's own spacing.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""

# Boxes whose text is cut off.
CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (one.matches(".pw-hidden, .pw-mast__search span, .pw-search__label") || one.closest("svg, thead")) return false;
  const style = getComputedStyle(one);
  if (style.overflow === "visible" || !one.checkVisibility()) return false;
  return one.scrollWidth > one.clientWidth + 1
    || (one.scrollHeight > one.clientHeight + 1 && style.overflow !== "auto");
}).map((one) => one.outerHTML.slice(0, 120))"""

# WCAG 2.5.8: targets of less than 24 px, but for links in a sentence and those whose circles stay clear of others.
SMALL = """() => {
  const area = (one) => {
    const box = one.getBoundingClientRect();
    const more = getComputedStyle(one, "::after");
    if (more.content === "none" || more.position !== "absolute") return box;
    const [up, right, down, left] = ["top", "right", "bottom", "left"].map((side) => -parseFloat(more[side]));
    return new DOMRect(box.x - left, box.y - up, box.width + left + right, box.height + up + down);
  };
  const targets = [...document.querySelectorAll("a[href], button, summary, input")].filter((one) =>
    one.checkVisibility({visibilityProperty: true}) && !one.matches(".pw-skip"));
  const block = (one) => one.closest("p, li, dd, dt, td, th, figcaption, h1, h2, h3, div, nav");
  const inText = (one) => getComputedStyle(one).display === "inline"
    && block(one).textContent.trim() !== one.textContent.trim();
  const small = (box) => box.width < 24 || box.height < 24;
  const boxes = new Map(targets.map((one) => [one, area(one)]));
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const away = ([x, y], box) => {
    if (small(box)) return Math.hypot(x - middle(box)[0], y - middle(box)[1]) - 12;
    return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  };
  return targets.filter((one) => {
    const box = boxes.get(one);
    if (!small(box) || inText(one)) return false;
    return targets.some((other) => other !== one && away(middle(box), boxes.get(other)) < 12);
  }).map((one) => one.outerHTML.slice(0, 100));
}"""


@pytest.mark.parametrize("template", TEMPLATES)
def test_at_200_percent_nothing_is_lost_and_nothing_scrolls_sideways(
    start: str, new_page: NewPage, template: str
) -> None:
    """Zoomed to 200 %, a screen of 1280 is 640 wide; and a reader may ask for letters twice as large alone."""
    with new_page(width=640) as page:
        go_whole(page, start + TEMPLATES[template])
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
        sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
        page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)
        page.set_viewport_size({"width": 1280, "height": 800})
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_on_a_phone_letters_may_be_twice_as_large(start: str, new_page: NewPage, template: str) -> None:
    """As a reader sets them in the browser: nothing scrolls sideways."""
    with new_page(width=360, height=740) as page:
        sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
        page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)
        go_whole(page, start + TEMPLATES[template])
        for width in (360, PHONE):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_readers_own_text_spacing_cuts_nothing_off(start: str, new_page: NewPage, template: str) -> None:
    with new_page(bypass_csp=True) as page:
        go_whole(page, start + TEMPLATES[template])
        page.add_style_tag(content=SPACING)
        for width in (WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(CUT) == [], width
        assert too_wide(page) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_target_has_24_pixels_each_way_or_stands_in_a_sentence(
    start: str, new_page: NewPage, template: str
) -> None:
    with new_page(width=PHONE) as page:
        go_whole(page, start + TEMPLATES[template])
        assert page.evaluate(SMALL) == []
        page.set_viewport_size({"width": WIDE, "height": 800})
        assert page.evaluate(SMALL) == []


# ---- Blocks


@pytest.mark.parametrize("width", [PHONE, 360, WIDE])
def test_boxes_to_tick_stand_in_one_row_and_are_large_enough_for_a_pen(
    start: str, new_page: NewPage, width: int
) -> None:
    with new_page(width=width) as page:
        go(page, start + "deciding/decision-aid-knee/")
        rows = page.locator("tr:has(.pw-tick)").all()
        assert len(rows) > 5
        for row in rows:
            boxes = [one.bounding_box() for one in row.locator(".pw-tick").all()]
            assert len({round(box["y"]) for box in boxes if box}) == 1, row.inner_text()
        size = page.locator(".pw-tick").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        assert size >= 24


def test_what_runs_on_beside_a_box_to_tick_stands_under_its_words(start: str, new_page: NewPage) -> None:
    with new_page(width=360) as page:
        go(page, start + TICKS)
        lefts = page.locator(".pw-ticks li").evaluate_all(LINES)
        assert [one for one in lefts if len(one) > 1], "no line runs on"
        for box, words, *others in lefts:
            assert words > box + 15
            assert all(abs(one - words) < 4 for one in others), lefts


def test_a_cell_that_is_left_alone_in_its_line_takes_it_whole(start: str, new_page: NewPage) -> None:
    with new_page(width=360) as page:
        go(page, start + "deciding/compare-injections/")
        cell = page.locator("td[data-label='Who was in it']").first.bounding_box()
        row = page.locator("tr:has(td[data-label='Who was in it'])").first.bounding_box()
        assert cell
        assert row
        assert cell["width"] == row["width"]


TICKS = "is-it-for-me/"
# Of each line of a list: where its box begins, where its words do, and where each line that runs on does.
LINES = """(all) => all.map((one) => {
  const text = one.firstChild;
  const left = (start, end) => {
    const part = document.createRange();
    part.setStart(text, start);
    part.setEnd(text, end);
    return [...part.getClientRects()].map((rect) => rect.left);
  };
  return [left(0, 1)[0], left(2, 3)[0], ...left(0, text.length).slice(1)];
})"""

# Blocks with notes, before a block without any: the gap between them, and how far the notes reach below the second.
GAPS = """() => [...document.querySelectorAll(".pw-body > .pw-notes")].flatMap((notes) => {
  const [block, next] = [notes.previousElementSibling, notes.nextElementSibling];
  if (!next || next.matches(".pw-wide") || next.nextElementSibling?.matches(".pw-notes")) return [];
  const [a, b, c] = [block, next, notes].map((one) => {
    const words = document.createRange(); // a block of a grid may be taller than its words
    words.selectNodeContents(one);
    return words.getBoundingClientRect();
  });
  return [{words: next.innerText.slice(0, 40), gap: b.top - a.bottom, longer: c.bottom > b.bottom + 1}];
})"""


@pytest.mark.parametrize(
    "address", ["risks/", "evidence/knee-osteoarthritis/", "faq/", "deciding/compare-injections/"]
)
def test_long_notes_open_no_gap_before_text_that_has_none(start: str, new_page: NewPage, address: str) -> None:
    with new_page() as page:
        go(page, start + address)
        found = page.evaluate(GAPS)
        assert len(found) > 4
        assert [one for one in found if one["gap"] > 70 and not one["longer"]] == []


@pytest.mark.parametrize(("width", "height", "doors"), [(360, 740, 3), (768, 1024, 6), (WIDE, 900, 6)])
def test_the_first_screen_of_the_home_page_has_the_verdict_and_the_doors(
    start: str, new_page: NewPage, width: int, height: int, doors: int
) -> None:
    with new_page(width=width, height=height) as page:
        go(page, start)
        page.reload()  # now the typeface is there in time, however slow the machine
        low = height - (57 if width < TABLET else 0)  # the bar
        ends = [
            box["y"] + box["height"]
            for box in (one.bounding_box() for one in page.locator(".pw-doors li").all())
            if box
        ]
        assert sum(end <= low for end in ends) >= doors
        assert page.locator(".verdict").is_visible()
        assert page.locator(".pw-stamp").is_visible()


# ---- Colours and motion


def test_dark_is_dark_and_light_is_light(start: str, new_page: NewPage) -> None:
    """The reader's own setting decides, with scripts and without."""
    ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    for scripts in (True, False):
        for scheme in SCHEMES:
            with new_page(color_scheme=scheme, java_script_enabled=scripts) as page:
                page.goto(start)
                assert (max(page.evaluate(ground)) < 60) == (scheme == "dark"), (scheme, scripts)


# In forced colours grounds vanish: what they said must be said by a border or a word.
BORDERED = """(selector) => [...document.querySelectorAll(selector)]
.filter((one) => one.checkVisibility()).map((one) => {
  const style = getComputedStyle(one);
  return ["Top", "Right", "Bottom", "Left"].some((side) => parseFloat(style["border" + side + "Width"]) > 0
    && style["border" + side + "Style"] !== "none");
})"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_in_forced_colours_borders_say_what_grounds_said(start: str, new_page: NewPage, scheme: Any) -> None:
    wanted = {
        "risks/": ".pw-cite a",
        "get-help/emergency/": ".pw-care",
        "faq/does-it-hurt/": ".pw-stamp",
        "": ".pw-thumb",
    }
    with new_page(width=360, forced_colors="active", color_scheme=scheme) as page:
        for address, selector in wanted.items():
            go(page, start + address)
            bordered = page.evaluate(BORDERED, selector)
            assert bordered, selector
            assert all(bordered), selector
        page.locator(".pw-thumb button").click()
        current = page.locator("#menu a[aria-current]")
        assert current.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_in_forced_colours_the_focus_is_still_drawn(start: str, new_page: NewPage) -> None:
    with new_page(forced_colors="active") as page:
        go(page, start + "risks/")
        for _ in range(12):
            page.keyboard.press("Tab")
            style = page.evaluate(
                "((style) => [style.outlineStyle, style.outlineWidth])(getComputedStyle(document.activeElement))"
            )
            assert style == ["solid", "3px"]


MOVING = """() => [document.documentElement, ...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0
    || style.scrollBehavior === "smooth";
}).map((one) => one.tagName)"""


@pytest.mark.parametrize("template", DENSE)
def test_nothing_moves_for_who_asks_for_less_motion(start: str, new_page: NewPage, template: str) -> None:
    with new_page(reduced_motion="reduce") as page:
        go(page, start + TEMPLATES[template])
        assert page.evaluate(MOVING) == []
        assert page.evaluate("document.getAnimations().length") == 0


# ---- The evidence strip


@pytest.mark.parametrize("width", [320, 360, WIDE])
def test_one_line_runs_under_the_dots_however_many_rows_they_take(start: str, new_page: NewPage, width: int) -> None:
    with new_page(width=width) as page:
        go_whole(page, start + "evidence/tennis-elbow/")
        feet = page.locator(".pw-dots i").evaluate_all("all => all.map((one) => one.getBoundingClientRect().bottom)")
        assert len(feet) == 4
        assert max(feet) - min(feet) < 0.5


# ---- The column for notes


@pytest.mark.parametrize("address", ["glossary/", "sources/rabago2013-knee/", "risks/", "about/building-blocks/"])
def test_a_column_for_notes_is_ruled_where_there_are_notes(start: str, new_page: NewPage, address: str) -> None:
    with new_page() as page:
        go(page, start + address)
        rule = page.locator(".pw-body").evaluate("one => getComputedStyle(one, '::before').content")
        assert (rule != "none") == bool(page.locator(".pw-body > .pw-notes").count())


# ---- Nothing moves while a page comes in

SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 600);
})"""


@pytest.mark.parametrize("width", [360, WIDE])
@pytest.mark.parametrize("template", ["home", "evidence", "words", "questions"])
def test_nothing_moves_while_a_page_comes_in(start: str, new_page: NewPage, template: str, width: int) -> None:
    """The typeface and the second style sheet come after the first paint, or with it; the text stays where it was."""
    with new_page(width=width) as page:
        go(page, start + TEMPLATES[template])
        assert page.evaluate(SHIFTS) < 0.01


# Where each place of the text stands after a jump to it: [its id, its top], for those that are not on the screen.
MISSED = """async () => {
  const settled = () => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))));
  const missed = [];
  const places = [...document.querySelectorAll("main [id]")].map((one) => one.id);
  const toAndFro = places.flatMap((one, at) => [one, places.at(-1 - at)]);
  for (const id of new Set(toAndFro)) {
    location.hash = id;
    await settled();
    const {top, height} = document.getElementById(id).getBoundingClientRect();
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    if (!height || top < -1 || top > (atEnd ? innerHeight : 120)) missed.push([id, Math.round(top)]);
  }
  return [places.length, missed];
}"""

# The first block that is on the screen is kept for later, with its top.
HOLD = """() => {
  window.held = [...document.querySelectorAll(".pw-body > *")].find((one) => {
    const {top, height} = one.getBoundingClientRect();
    return height && top >= 0 && top < 600;
  });
  window.before = window.held.getBoundingClientRect().top;
}"""


@pytest.mark.parametrize("address", ["evidence/knee-osteoarthritis/", "faq/", "risks/"])
def test_on_a_phone_a_jump_ends_at_its_place_however_far(start: str, new_page: NewPage, address: str) -> None:
    """What stands between was not laid out before: its height was a guess."""
    with new_page(width=360, height=740) as page:
        go(page, start + address)
        places, missed = page.evaluate(MISSED)
        assert places > 50
        assert missed == []


def test_on_a_phone_text_stays_where_it_is_while_blocks_above_take_their_height(
    start: str, new_page: NewPage
) -> None:
    with new_page(width=360, height=740) as page:
        go(page, f"{start}evidence/knee-osteoarthritis/#sources")
        page.mouse.move(180, 300)
        for _ in range(12):
            page.evaluate(HOLD)
            page.mouse.wheel(0, -250)
            page.wait_for_timeout(200)
            assert abs(page.evaluate("held.getBoundingClientRect().top - before") - 250) <= 2


# For each table, in how many of its rows the names of columns stand over cells.
NAMED = """() => [...document.querySelectorAll(".pw-table")].map((table) => {
  const rows = [...table.querySelectorAll("tbody tr")];
  const names = (row) => [...row.querySelectorAll("td")].filter((cell) => {
    return getComputedStyle(cell, "::before").content !== "none";
  });
  return [rows[0].cells.length, rows.filter((row) => names(row).length).length, rows.length];
})"""


@pytest.mark.parametrize("address", ["evidence/", "is-it-for-me/"])
def test_on_a_phone_the_name_of_an_only_column_is_said_once(start: str, new_page: NewPage, address: str) -> None:
    with new_page(width=360) as page:
        go_whole(page, start + address)
        tables = page.evaluate(NAMED)
    assert min(cells for cells, _, _ in tables) == 2
    for cells, named, rows in tables:
        assert named == (1 if cells == 2 else rows)


def test_no_number_of_a_source_breaks_in_two(start: str, new_page: NewPage) -> None:
    """Runs of many may stand on two lines; a number's own edge then stood alone at the start of the second."""
    with new_page() as page:
        go_whole(page, start + "get-help/")
        for width in range(320, 460, 4):
            page.set_viewport_size({"width": width, "height": 800})
            broken = "[...document.querySelectorAll('.pw-cite a')].filter((one) => one.getClientRects().length > 1)"
            assert page.evaluate(f"{broken}.map((one) => one.id)") == [], width


def test_the_letters_that_stand_in_are_as_tall(start: str, new_page: NewPage) -> None:
    """They are letters much like Liberation Sans: an x of 0.528 of their size, as its file says."""
    with new_page(bypass_csp=True) as page:
        go(page, start)
        page.evaluate("""async () => {
          const file = `url(${document.querySelector("link[rel=preload]").href})`;
          document.fonts.add(await new FontFace("Measured", file).load());
        }""")
        page.add_style_tag(content="main { font: 400 1000px Measured !important; width: 1ex !important; }")
        tall = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).width) / 1000")
        faces = page.evaluate("""() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
          .filter((rule) => rule.constructor.name === "CSSFontFaceRule")
          .map((rule) => [rule.style.getPropertyValue("font-family"), rule.style.getPropertyValue("size-adjust"),
            rule.style.getPropertyValue("font-weight")])""")
        standing_in = [(float(size.rstrip("%")) / 100, weight) for name, size, weight in faces if "Near" in name]
        assert [weight for _, weight in standing_in] == ["", "700"]
        assert [round(size * 0.528 / tall, 2) for size, _ in standing_in] == [1.0, 1.0]
        assert "Near" in page.evaluate("getComputedStyle(document.body).fontFamily")
