"""Every situation at a clinic's website in which an embed must work, in a real browser."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.embeds.conftest import height_of, inner, shown
from tests.site.conftest import ADDRESS

if TYPE_CHECKING:
    from tests.embeds.conftest import Host
    from tests.site.conftest import Built, NewPage

# Of each kind of page one: text with folds, harms and an emergency card, an answer, a word, the cards.
PAGES = ("risks/", "evidence/knee-osteoarthritis/", "faq/does-it-hurt/", "glossary/dextrose/", "get-help/",
         "get-help/emergency/")  # fmt: skip
LOOKS = 50
TEN = (*PAGES, "visit/before/", "deciding/cost/", "faq/is-it-approved/", "history/")
COMPONENT = "assets/embed/prolotherapy-page.js"
FRAME = '<iframe id="one" src="{src}" width="100%" height="300" frameborder="0" title="Example"></iframe>'
DARK_PAPER, LIGHT_PAPER = "rgb(15, 20, 18)", "rgb(253, 252, 249)"


def frame(start: str, page: str = "risks/", query: str = "") -> str:
    return FRAME.format(src=f"{start}embed/{page}{query}")


def script(start: str) -> str:
    return f'<script src="{start}assets/embed/embed.js" async></script>'


def box(page: object) -> int:
    return int(page.evaluate("document.getElementById('one').getBoundingClientRect().height"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", PAGES)
def test_a_plain_page_with_the_script_gives_the_frame_its_height(
    below: str, host: Host, new_page: NewPage, address: str
) -> None:
    with shown(new_page, host.page(frame(below, address) + script(below)), width=360) as page:
        wanted = height_of(inner(page))
        page.wait_for_function("h => document.getElementById('one').getBoundingClientRect().height === h", arg=wanted)
        assert 200 < wanted <= 1000


def test_an_opened_part_makes_the_frame_grow_and_a_closed_one_shrink(
    below: str, host: Host, new_page: NewPage
) -> None:
    with shown(new_page, host.page(frame(below) + script(below)), width=360) as page:
        before, fold = box(page), inner(page).locator("summary").first
        fold.click()
        page.wait_for_function("h => document.getElementById('one').getBoundingClientRect().height > h", arg=before)
        fold.click()
        page.wait_for_function("h => document.getElementById('one').getBoundingClientRect().height === h", arg=before)


def test_a_frame_that_gets_its_width_late_opens_what_fits_it_until_a_reader_chooses(
    below: str, host: Host, new_page: NewPage
) -> None:
    """WordPress hides a frame at first, and gives it the width of its column later."""
    body = frame(below, "get-help/tell-the-clinic/").replace('width="100%"', 'width="300"')
    with shown(new_page, host.page(body)) as page:
        embed, one = inner(page), page.locator("#one")
        parts = embed.locator("details[data-wide]")
        opened = embed.locator("details[data-wide][open]").first
        opened.wait_for(state="detached")
        one.evaluate("one => { one.width = 700 }")
        opened.wait_for(state="attached")
        one.evaluate("one => { one.width = 300 }")
        opened.wait_for(state="detached")
        parts.first.locator("summary").click()
        one.evaluate("one => { one.width = 320 }")
        page.wait_for_timeout(200)
        assert embed.evaluate("innerWidth") == 320
        assert parts.first.get_attribute("open") is not None


def test_a_page_that_allows_only_our_frames_shows_them_at_the_height_it_gave(
    below: str, host: Host, new_page: NewPage
) -> None:
    origin = re.match(r"https?://[^/]+", below)
    assert origin
    policy = f"default-src 'none'; frame-src {origin[0]}"
    with shown(new_page, host.page(frame(below) + script(below), csp=policy)) as page:
        assert inner(page).locator(".pe-message").is_visible()
        assert box(page) == 300


def test_a_sandboxed_frame_inside_a_frame_shows_the_text_and_answers(
    below: str, host: Host, new_page: NewPage
) -> None:
    framed = f'<iframe sandbox="allow-scripts" src="{below}embed/risks/#?secret=abc123" title="x"></iframe>'
    inside = host.page(f"<script>onmessage = e => parent.postMessage(e.data, '*')</script>{framed}")
    outer = f"<script>got = []; onmessage = e => got.push(e.data)</script><iframe src='{inside}' title='x'></iframe>"
    with shown(new_page, host.page(outer)) as page:
        embed = inner(page, "/embed/")
        page.wait_for_function("got.some(one => one.message === 'height')")
        got = page.evaluate("got.filter(one => one.message === 'height').pop()")
        assert got == {"message": "height", "value": height_of(embed), "secret": "abc123"}
        assert embed.locator(".pe-message").is_visible()


def test_without_scripts_everything_is_there(below: str, host: Host, new_page: NewPage) -> None:
    with shown(new_page, host.page(frame(below) + script(below)), java_script_enabled=False) as page:
        embed = inner(page)
        assert embed.locator(".pe-message").is_visible()
        assert embed.locator(".pe-source").is_visible()
        embed.locator("summary").first.click()
        embed.locator("details details summary").first.click()
        assert embed.locator("details details[open] :is(p, ul)").first.is_visible()


BLOCKED = """
for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
  Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });
const fail = () => { throw new Error('blocked'); };
Object.defineProperty(Document.prototype, 'cookie', { get: fail, set: fail });
"""


def test_where_storage_is_blocked_nothing_fails_and_nothing_is_missed(
    below: str, host: Host, new_page: NewPage
) -> None:
    faults: list[str] = []
    with new_page() as page:
        page.add_init_script(BLOCKED)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(host.page(frame(below) + script(below) + component(below)))
        page.locator("prolotherapy-page .pe-message").wait_for()
        assert inner(page).locator(".pe-message").is_visible()
    assert faults == []


def test_where_frames_are_blanked_the_link_beside_them_stands(below: str, host: Host, new_page: NewPage) -> None:
    blanked = frame(below).replace("src=", "data-src=") + f'<p><a href="{below}risks/">Risks</a></p>'
    with shown(new_page, host.page(blanked + script(below))) as page:
        assert page.get_by_role("link", name="Risks").is_visible()
        assert box(page) == 300


def test_a_telephone_of_360_px_shows_it_without_scrolling_sideways(below: str, host: Host, new_page: NewPage) -> None:
    with shown(new_page, host.page(frame(below) + script(below)), width=360) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        embed = inner(page)
        assert embed.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("query", "scheme", "paper"),
    [
        ("", "light", LIGHT_PAPER), ("", "dark", LIGHT_PAPER), ("?theme=dark", "light", DARK_PAPER),
        ("?theme=auto", "dark", DARK_PAPER), ("?theme=auto", "light", LIGHT_PAPER),
        ("?theme=%22%3E%3Cscript%3E", "light", LIGHT_PAPER),
    ],
)  # fmt: skip
def test_on_a_dark_or_light_host_the_paper_is_opaque_and_as_asked(
    below: str, host: Host, new_page: NewPage, query: str, scheme: str, paper: str
) -> None:
    body = frame(below, query=query) + "<style>body { background: #000 }</style>"
    with shown(new_page, host.page(body), color_scheme=scheme) as page:
        embed = inner(page)
        assert embed.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        assert embed.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper


def test_accent_and_heading_come_from_closed_lists(below: str, new_page: NewPage) -> None:
    with new_page() as page:
        page.goto(f"{below}embed/risks/?accent=blue&heading=3")
        assert page.evaluate("getComputedStyle(document.querySelector('.pe-source')).color") == "rgb(11, 74, 131)"
        assert page.locator("h1").get_attribute("aria-level") == "3"
        assert page.locator("h2").first.get_attribute("aria-level") == "4"
        page.goto(f"{below}embed/risks/?accent=red;x&heading=12&theme=none")
        assert (
            page.evaluate("[...document.querySelectorAll('[data-accent], [data-theme], [aria-level]')].length") == 0
        )


def test_a_frame_is_measured_only_once_it_has_a_width(below: str, host: Host, new_page: NewPage) -> None:
    """Where a page above is slow, a frame's text runs before the frame is laid out: it was 7 times too high then."""
    body = frame(below).replace('width="100%"', 'width="0"') + script(below)
    with shown(new_page, host.page(body), width=500) as page:
        inner(page).locator("h1").wait_for(state="attached")
        page.wait_for_timeout(500)
        one = page.locator("#one")
        assert one.evaluate("one => one.style.height") == ""
        one.evaluate("one => { one.width = 320 }")
        page.wait_for_function("document.getElementById('one').style.height")
        assert one.evaluate("one => parseInt(one.style.height)") == height_of(inner(page))


def test_a_frame_far_below_gets_its_height_before_anybody_scrolls(below: str, host: Host, new_page: NewPage) -> None:
    body = f'<p style="height: 9000px">Example</p>{frame(below)}{script(below)}'
    with shown(new_page, host.page(body), width=500) as page:
        page.wait_for_function("document.getElementById('one').style.height")
        assert page.locator("#one").evaluate("one => parseInt(one.style.height)") == height_of(inner(page))


def test_ten_on_one_page_each_get_their_own_height(below: str, host: Host, new_page: NewPage) -> None:
    frames = "".join(f'<iframe src="{below}embed/{one}" title="{one}"></iframe>' for one in TEN)
    with shown(new_page, host.page(frames + script(below)), width=500) as page:
        page.wait_for_function("[...document.querySelectorAll('iframe')].every(one => one.style.height)")
        heights = "[...document.querySelectorAll('iframe')].map(one => parseInt(one.style.height))"
        for _ in range(LOOKS):  # a frame may still grow when it was measured: both sides are looked at again
            real, given = [height_of(inner(page, f"/embed/{one}")) for one in TEN], page.evaluate(heights)
            if given == real:
                break
            page.wait_for_timeout(200)
    assert given == real
    assert len(set(given)) > 5


def test_at_a_domains_root_and_below_a_path_links_lead_to_the_full_page(
    below: str, root: str, new_page: NewPage
) -> None:
    for start in (below, root):
        with new_page() as page:
            page.goto(start + "embed/faq/does-it-hurt/")
            assert page.locator(".pe-source").evaluate("one => one.href") == start + "faq/does-it-hurt/"
            word = page.locator("a.pw-term").first.evaluate("one => one.href")
            assert word.startswith(start + "glossary/")
            assert page.request.get(word).ok


def test_a_mark_of_citation_opens_the_sources_in_the_frame(below: str, new_page: NewPage) -> None:
    with new_page() as page:
        page.goto(below + "embed/risks/")
        page.locator(".pe-message .pw-cite a").first.click()
        assert page.locator("#source-1").is_visible()
        assert page.url.endswith("/embed/risks/")


def test_printing_the_host_page_keeps_the_text_and_printing_the_embed_opens_its_parts(
    below: str, host: Host, new_page: NewPage
) -> None:
    with shown(new_page, host.page(frame(below) + script(below)), width=720) as page:
        page.emulate_media(media="print")
        assert inner(page).locator(".pe-message").is_visible()
        assert box(page) == height_of(inner(page))
    with new_page(width=720) as page:
        page.goto(below + "embed/risks/")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.locator("details:not([open])").count() == 0


# ---- Hostile messages


HOSTILE = """async ([frame, own]) => {
  const target = document.querySelector(frame).contentWindow;
  const bad = [null, 0, 'x', [], {}, {message: 'height'}, {message: 'ready', secret: '"><img>'}, {prolotherapy: {}},
    {prolotherapyHeight: 1e9}, {prolotherapyHeight: '9000'}, {prolotherapyHeight: NaN}, {prolotherapyHeight: -5},
    {prolotherapyHeight: 500.5}, {prolotherapyHeight: {valueOf: 1}}, new ArrayBuffer(8), new Map([[1, 2]])];
  for (const one of bad) { target.postMessage(one, '*'); window.postMessage(one, '*'); }
  window.postMessage({prolotherapyHeight: 4000}, '*');
  await new Promise(done => setTimeout(done, 200));
  return document.querySelector(frame).getBoundingClientRect().height;
}"""


def test_a_hostile_host_changes_nothing_in_the_embed(below: str, host: Host, new_page: NewPage) -> None:
    faults: list[str] = []
    with new_page() as page:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(host.page(frame(below) + script(below)))
        page.wait_for_function("document.getElementById('one').style.height")
        before, text = box(page), inner(page).locator("body").inner_html()
        assert page.evaluate(HOSTILE, ["#one", ""]) == before
        assert inner(page).locator("body").inner_html() == text
    assert faults == []


def test_a_hostile_sibling_frame_cannot_change_a_height(below: str, host: Host, new_page: NewPage) -> None:
    sibling = host.page("<script>setInterval(() => parent.postMessage({prolotherapyHeight: 9000}, '*'), 20)</script>")
    body = f'{frame(below)}<iframe id="two" src="{sibling}" title="x"></iframe>{script(below)}'
    with shown(new_page, host.page(body)) as page:
        page.wait_for_timeout(300)
        assert box(page) == height_of(inner(page))
        assert page.evaluate("document.getElementById('two').style.height") == ""


# Heights that the script refuses even from our own frame; the last but two are just outside its range.
UNSOUND = ("null", "true", "{}", "[500]", "'500'", "500.5", "NaN", "Infinity", "-5", "1e9", "79", "20001")


def test_a_height_that_is_no_sound_number_is_refused_even_from_our_own_frame(
    below: str, host: Host, new_page: NewPage
) -> None:
    with shown(new_page, host.page(frame(below) + script(below))) as page:
        embed = inner(page)
        before = height_of(embed)
        page.wait_for_function("h => document.getElementById('one').getBoundingClientRect().height === h", arg=before)
        for height in UNSOUND:
            embed.evaluate(f"parent.postMessage({{prolotherapyHeight: {height}}}, '*')")
            page.wait_for_timeout(30)
            assert box(page) == before, height
        embed.evaluate("parent.postMessage({prolotherapyHeight: 777}, '*')")  # so the others arrived too
        page.wait_for_function("document.getElementById('one').getBoundingClientRect().height === 777")


def test_a_frame_of_ours_that_was_led_elsewhere_can_no_longer_set_its_height(
    below: str, host: Host, new_page: NewPage
) -> None:
    elsewhere = host.page(
        "<script>setInterval(() => parent.postMessage({prolotherapyHeight: 9000}, '*'), 20)</script>"
    )
    counter = "<script>got = 0; addEventListener('message', e => got += e.data.prolotherapyHeight === 9000)</script>"
    with shown(new_page, host.page(counter + frame(below) + script(below))) as page:
        before = box(page)
        page.evaluate("elsewhere => { frames[0].location = elsewhere }", elsewhere)
        page.wait_for_function("got > 5")
        assert page.locator("#one").evaluate("one => one.src").startswith(below)
        assert box(page) == before


@pytest.mark.parametrize("asked", [{"prolotherapy": "ready"}, {"message": "ready"}])
def test_a_frame_answers_its_parent_that_asks_and_nobody_else(
    below: str, host: Host, new_page: NewPage, asked: dict[str, str]
) -> None:
    sibling = host.page("<p>Example")
    body = (
        f"<script>got = []; onmessage = e => got.push(e.data.prolotherapyHeight)</script>{frame(below)}"
        f'<iframe id="two" src="{sibling}" title="x"></iframe>'
    )
    with shown(new_page, host.page(body)) as page:
        wanted = height_of(inner(page))
        page.evaluate("got = []")
        inner(page, sibling).evaluate("one => parent.frames[0].postMessage(one, '*')", asked)
        page.wait_for_timeout(200)
        assert page.evaluate("got") == []
        page.evaluate("one => frames[0].postMessage(one, '*')", asked)
        page.wait_for_function("got.length")
        assert page.evaluate("got") == [wanted]


def test_only_a_number_goes_out_unless_a_reader_clicks(below: str, host: Host, new_page: NewPage) -> None:
    body = f"<script>got = []; onmessage = e => got.push(JSON.stringify(e.data))</script>{frame(below)}"
    with shown(new_page, host.page(body)) as page:
        got = [json.loads(one) for one in page.evaluate("got")]
    assert got
    assert all(list(one) == ["prolotherapyHeight"] and type(one["prolotherapyHeight"]) is int for one in got)


def test_in_wordpress_mode_a_click_asks_for_an_address_of_our_host(below: str, host: Host, new_page: NewPage) -> None:
    source = f"{below}embed/faq/does-it-hurt/#?secret=Ab1"
    body = (
        "<script>got = []; onmessage = e => { if (e.data.message === 'link') got.push(e.data) }</script>"
        f'<iframe sandbox="allow-scripts" src="{source}" width="600" height="900" title="x"></iframe>'
    )
    with shown(new_page, host.page(body)) as page:
        embed = inner(page)
        embed.locator(".pe-source").click()
        embed.locator(".pe-sources a[href^=http]").first.click()
        page.wait_for_function("got.length === 2")
        got = page.evaluate("got")
    start = f"{below}faq/does-it-hurt/"
    assert got == [
        {"message": "link", "value": start, "secret": "Ab1"},
        {"message": "link", "value": start + "#source-1", "secret": "Ab1"},
    ]


# ---- The web component


def component(start: str, attributes: str = 'page="risks/"') -> str:
    return (
        f'<prolotherapy-page {attributes}><a href="{start}risks/">Risks</a></prolotherapy-page>'
        f'<script src="{start}{COMPONENT}" async></script>'
    )


def test_the_component_shows_the_text_in_the_clinics_own_page(below: str, host: Host, new_page: NewPage) -> None:
    look = component(below, 'page="risks/" theme="dark" accent="blue" heading="3"')
    with shown(new_page, host.page(look), width=360) as page:
        page.locator("prolotherapy-page .pe-message").wait_for()
        assert page.get_by_role("heading", name="Risks").get_attribute("aria-level") == "3"
        paper = page.locator("prolotherapy-page .pe").evaluate("one => getComputedStyle(one).backgroundColor")
        assert paper == DARK_PAPER
        assert page.locator(".pe-source").evaluate("one => getComputedStyle(one).color") == "rgb(157, 200, 245)"
        assert page.locator(".pe-source").evaluate("one => one.href") == below + "risks/"
        page.locator("prolotherapy-page .pe-message .pw-cite a").first.click()
        assert page.locator("#source-1").is_visible()


@pytest.mark.parametrize("place", ["below", "root"])
def test_ten_components_on_one_page_each_show_their_own_text(
    place: str, host: Host, new_page: NewPage, request: pytest.FixtureRequest
) -> None:
    start: str = request.getfixturevalue(place)
    tags = "".join(f'<prolotherapy-page page="{one}"></prolotherapy-page>' for one in TEN)
    with shown(new_page, host.page(tags + f'<script src="{start}{COMPONENT}"></script>'), width=360) as page:
        page.wait_for_function("[...document.querySelectorAll('prolotherapy-page')].every(one => one.shadowRoot)")
        seen = "all => all.map(one => one.shadowRoot.querySelector('.pe-source').href)"
        assert page.locator("prolotherapy-page").evaluate_all(seen) == [start + one for one in TEN]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


# Of these the last two would lead to a real file, were they not refused.
UNSOUND_PLACES = ('page="no-such-page/"', 'page="risks/" version="x"', 'page="glossary/../risks/"',
                  'page="risks/" version="./../.."')  # fmt: skip


@pytest.mark.parametrize("attributes", UNSOUND_PLACES)
def test_where_the_component_cannot_load_its_link_stays(
    below: str, host: Host, new_page: NewPage, attributes: str
) -> None:
    with shown(new_page, host.page(component(below, attributes))) as page:
        assert page.get_by_role("link", name="Risks").is_visible()
        assert page.evaluate("document.querySelector('prolotherapy-page').shadowRoot") is None


def lines_for(addressed: Built, start: str) -> dict[str, str]:
    """The lines that the page for clinics gives, by what they are for, with the host of `start` in them."""
    items = [one.get_text().partition(": ") for one in addressed.pages["for-clinics/"].select(".pf-policy li")]
    return {name: line.replace(origin_of(ADDRESS), origin_of(start)) for name, _, line in items}


def origin_of(address: str) -> str:
    return "/".join(address.split("/")[:3])


@pytest.mark.parametrize("way", ["frame", "script", "component"])
def test_each_way_works_under_the_lines_that_the_page_for_clinics_gives_for_it(
    below: str, addressed: Built, host: Host, new_page: NewPage, way: str
) -> None:
    lines = lines_for(addressed, below)
    framed, also = lines["For the address or a frame"], lines["For the frame that fits its text, also"]
    lists = {
        "frame": framed,
        "script": f"{framed}; {also}",
        "component": lines["For the text as a part of your page"],
    }
    bodies = {"frame": frame(below), "script": frame(below) + script(below), "component": component(below)}
    with shown(new_page, host.page(bodies[way], csp=f"default-src 'none'; {lists[way]}")) as page:
        where = page if way == "component" else inner(page)
        where.locator(".pe-message").wait_for()
        if way == "component":
            paper = where.locator(".pe").evaluate("one => getComputedStyle(one).backgroundColor")
            assert paper == LIGHT_PAPER  # its style counts, though the policy allows none
            return
        wanted = height_of(inner(page)) if way == "script" else 300
        page.wait_for_function("h => document.getElementById('one').getBoundingClientRect().height === h", arg=wanted)


def test_the_hash_named_scripts_are_accepted_with_the_integrity_that_is_listed(
    below: str, site: Built, host: Host, new_page: NewPage
) -> None:
    listed = json.loads((site.folder / "assets/embed/manifest.json").read_text(encoding="utf-8"))
    one = listed["embed.js"]
    source = f"{below}assets/embed/{one['file']}"
    tag = f'<script src="{source}" integrity="{one["integrity"]}" crossorigin="anonymous"></script>'
    with shown(new_page, host.page(frame(below) + tag)) as page:
        assert box(page) == height_of(inner(page))
