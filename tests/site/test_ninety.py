"""The ways through a site of ninety pages, parted as ours may be one day: eight parts, each with groups of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest

from benchmarks.synthetic import PARTS, write_projects
from plainwords.build import build
from plainwords.check import load_site
from plainwords.pictures import served
from tests.site.conftest import HOST, attribute, go, read_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site.conftest import Built, NewPage

pytestmark = pytest.mark.xdist_group("ninety")
COUNT = 90
STEPS = 3  # a part, a group, a page
WAYS = ".pw-mast__parts a[href], .pw-part a[href]"  # the parts at the top, and the pages of a part at a page's foot


@pytest.fixture(scope="module")
def ninety(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root, _ = write_projects(tmp_path_factory.mktemp("ninety"), COUNT)
    assert build(root, root / "mkdocs.yml", root / "site", pages_only=True) == 0
    return read_site(root / "site", HOST)


@pytest.fixture(scope="module")
def ninety_start(ninety: Built) -> Iterator[str]:
    with served(ninety.folder) as start:
        yield start


def ways_from(site: Built, here: str) -> set[str]:
    """Where the parts at the top and the list at the foot of a page lead."""
    links = (attribute(link, "href") for link in site.pages[here].select(WAYS))
    return {urlsplit(urljoin(HOST + here, link)).path.lstrip("/") for link in links}


def test_the_ways_lead_to_each_of_ninety_pages_in_three_steps(ninety: Built) -> None:
    seen = {""}
    for _ in range(STEPS):
        seen |= {found for here in seen for found in ways_from(ninety, here)}
    written = {page.address for page in load_site(ninety.folder.parent).pages}
    assert len(written) == COUNT
    assert written - seen == set()


def test_no_page_lists_more_than_its_part(ninety: Built) -> None:
    lists = [len(ways_from(ninety, address)) for address in ninety.texts]
    assert max(lists) < COUNT / 3


def test_the_menu_of_a_phone_fits_its_screen_with_ninety_pages(ninety_start: str, new_page: NewPage) -> None:
    with new_page() as page:
        page.set_viewport_size({"width": 360, "height": 740})
        go(page, ninety_start + "part-2/group-1/page-16/")
        page.locator(".pw-thumb button").click()
        menu = page.locator("#menu")
        assert menu.locator("a[aria-current]").inner_text() == "Part 2"
        assert menu.evaluate("one => one.scrollHeight <= one.clientHeight + 1")


@pytest.mark.parametrize("width", [768, 1440])
def test_the_parts_stand_in_one_row_with_ninety_pages(ninety_start: str, new_page: NewPage, width: int) -> None:
    with new_page(width=width) as page:
        go(page, ninety_start)
        tops = page.locator(".pw-mast__parts a").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().y)"
        )
        assert len(tops) == PARTS
        assert len(set(tops)) == 1
