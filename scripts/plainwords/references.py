"""References as readers see them: NLM style, links to publishers and libraries, short names.

Style: Citing Medicine, the NLM style guide (https://www.ncbi.nlm.nih.gov/books/NBK7256/).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plainwords.records import Author, Reference, Source

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AUTHORS_SHOWN = 3  # of many; Citing Medicine allows to name the first three, then "et al"
NAME_AT_MOST = 40  # characters of a name that stands for a source in a line


def nlm(reference: Reference) -> str:
    """Return a reference in NLM style as plain text, without its links."""
    parts = [_authors(reference.author), stopped(_title(reference)), _where(reference)]
    return " ".join(part for part in parts if part)


def links(reference: Reference) -> list[tuple[str, str]]:
    """Return label and address of every way to the source itself."""
    ways = []
    if reference.DOI:
        ways.append((f"doi: {reference.DOI}", f"https://doi.org/{reference.DOI}"))
    if reference.PMID:
        ways.append((f"PMID: {reference.PMID}", f"https://pubmed.ncbi.nlm.nih.gov/{reference.PMID}/"))
    if reference.PMCID:
        ways.append((reference.PMCID, f"https://pmc.ncbi.nlm.nih.gov/articles/{reference.PMCID}/"))
    if reference.URL and not ways:
        ways.append((re.sub(r"^https?://(?:www\.)?([^/]+).*", r"\1", reference.URL), reference.URL))
    return ways


def short_name(source: Source) -> str:
    """Return the name by which a source goes in a line: "Rabago 2013"."""
    reference = source.reference
    first = reference.author[0] if reference.author else None
    name = str((first.family or first.literal) if first else (reference.publisher or reference.title)).lstrip("[")
    name = shortened(name, NAME_AT_MOST)
    return f"{name} {reference.year}" if reference.year else name


def shortened(text: str, length: int) -> str:
    """Return a text of at most so many characters, cut between words."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",:;-\u2013 ") + "\u2026"


def _authors(authors: tuple[Author, ...]) -> str:
    names = [_author(author) for author in authors[:AUTHORS_SHOWN]]
    if len(authors) > AUTHORS_SHOWN:
        names.append("et al")
    return ", ".join(names) + "." if names else ""


def _author(author: Author) -> str:
    if author.literal:
        return author.literal
    initials = "".join(re.findall(r"(?:^|[\s.-])([^\W\d_])", author.given or ""))
    return f"{author.family} {initials}".rstrip()


def _title(reference: Reference) -> str:
    online = reference.type == "webpage"
    return reference.title + (" [Internet]" if online else "")


def stopped(text: str) -> str:
    """Return a text with a stop at its end, unless it has one."""
    return text if text.endswith((".", "?", "!")) else text + "."


def _where(reference: Reference) -> str:
    if reference.type == "article-journal":
        return _journal(reference)
    issued = f"; {_date(reference.issued)}" if reference.issued and reference.publisher else _date(reference.issued)
    cited = f" [cited {_date(reference.accessed)}]" if reference.accessed else ""
    return (
        stopped(f"{reference.publisher or ''}{issued}{cited}".strip())
        if reference.publisher or issued or cited
        else ""
    )


def _journal(reference: Reference) -> str:
    name = reference.container_title_short or reference.container_title
    volume = (reference.volume or "") + (f"({reference.issue})" if reference.issue else "")
    place = f";{volume}" if volume else ""
    pages = f":{_pages(reference.page)}" if reference.page else ""
    issue = (_date(reference.issued) + place + pages).lstrip(";:")  # nothing to part where no date was seen
    return " ".join(part for part in (stopped(name) if name else "", _ended(issue)) if part)


def _ended(text: str) -> str:
    return text + "." if text else ""


def _date(issued: str | None) -> str:
    if not issued:
        return ""
    year, *rest = issued.split("-")
    month = MONTHS[int(rest[0]) - 1] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(part for part in (year, month, day) if part)


def _pages(page: str) -> str:
    """Shorten "229-237" to "229-37", as NLM does."""
    found = re.fullmatch(r"(\d+)\s*[-\u2013]\s*(\d+)", page)
    if not found:
        return page
    first, last = found[1], found[2]
    if len(first) != len(last):
        return f"{first}-{last}"
    same = 0
    while same < len(first) - 1 and first[same] == last[same]:
        same += 1
    return f"{first}-{last[same:]}"
