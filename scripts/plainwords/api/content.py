"""One page as JSON: `P/content.json`, read from the built page, so that it cannot differ from what readers see."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwords.api import models
from plainwords.article import read_article
from plainwords.finish import LICENCE
from plainwords.references import links, short_name
from plainwords.reviews import sign_offs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from plainwords.api.addresses import Addresses
    from plainwords.article import Article
    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Source, Term
    from plainwords.reviews import SignOff

SHORT = 12  # letters of the digest in a version


@dataclass(frozen=True)
class Subject:
    """What a page is about: its address, description, and, where a person writes it, its front matter and review."""

    address: str
    description: str
    page: Page | None = None
    review: SignOff | None = None

    @property
    def medical(self) -> bool:
        """Whether the page is for patients."""
        return self.page is None or self.page.meta.audience == "patient"


@dataclass(frozen=True)
class Shelf:
    """What every page needs: records, the words for how far a source was read, and the site's addresses."""

    library: Library
    labels: Mapping[str, Any]
    addresses: Addresses


def subject_of_page(root: Path, page: Page, library: Library) -> Subject:
    """Return the subject of a page that a person writes; only a signature of its very text counts as a review."""
    current = next((one for one in sign_offs(root, page, library) if one.current), None)
    return Subject(page.address, page.meta.description, page, current)


def subject_of_term(term: Term) -> Subject:
    """Return the subject of a word's own page."""
    return Subject(f"glossary/{term.slug}/", term.meaning)


def content_of(site: Path, subject: Subject, shelf: Shelf) -> models.Content:
    """Return the content of a built page."""
    article = read_article(site / subject.address / "index.html")
    parts = tuple(_part(part, subject, shelf) for part in article.parts if part.text)
    digest = digest_of(article.title, subject.description, parts)
    meta = subject.page.meta if subject.page else None
    review = subject.review
    return models.Content(
        type="MedicalWebPage" if subject.medical else "WebPage",
        name=article.title,
        description=subject.description,
        url=shelf.addresses.of(subject.address),
        date_modified=meta.checked if meta else None,
        last_reviewed=review.review.date if review else None,
        reviewed_by=_person(review) if review else None,
        creative_work_status=_status(article, meta.due if meta else ""),
        license=LICENCE,
        credit_text=f"{shelf.addresses.name} contributors, CC BY 4.0, {shelf.addresses.of(subject.address)}",
        publisher=models.Organization(name=shelf.addresses.name),
        version=(f"{meta.checked}." if meta else "") + digest[:SHORT],
        sha256=digest,
        has_part=parts,
        citation=tuple(_citation(shelf.library.sources[key], shelf) for key in article.sources),
    )


def digest_of(name: str, description: str, parts: tuple[models.Part, ...]) -> str:
    """Return the SHA-256 of name, description, and each part's name and text, each ended by a line feed, in UTF-8."""
    texts = [name, description, *(text for part in parts for text in (part.name or "", part.text))]
    return hashlib.sha256("".join(f"{text}\n" for text in texts).encode()).hexdigest()


def depths(source: Source, library: Library, labels: Mapping[str, Any]) -> Iterator[str]:
    """Yield for each part that was read a sentence on how far, with the days; never where the copy was."""
    days: dict[str, dict[str, None]] = {}
    for reading in source.read:
        carrier = library.sources.get(reading.via or "")
        via = short_name(carrier) if carrier else ""
        said = str(labels["parts"][reading.part]).format(visible=reading.visible, via=via)
        days.setdefault(said.rstrip("."), {})[reading.date] = None
    for said, dates in days.items():
        yield f"{said} ({', '.join(dates)})."


def _part(part: Any, subject: Subject, shelf: Shelf) -> models.Part:
    place = f"{subject.address}#{part.place}" if part.place else None
    return models.Part(
        genre=part.kind,
        name=part.name or None,
        url=shelf.addresses.of(place) if place else None,
        text=part.text,
        citation=part.sources,
    )


def _person(signed: SignOff) -> models.Person:
    return models.Person(name=signed.reviewer.name, job_title=signed.reviewer.qualification)


def _status(article: Article, due: str) -> str:
    said = f"{article.stamp}."
    return f"{said} Due to be checked again by {due}." if due else said


def _citation(source: Source, shelf: Shelf) -> models.Citation:
    reference = source.reference
    ways = links(reference)
    return models.Citation(
        type="ScholarlyArticle" if reference.type == "article-journal" else "CreativeWork",
        identifier=source.key,
        name=reference.title,
        alternate_name=short_name(source),
        date_published=reference.issued,
        same_as=ways[0][1] if ways else None,
        url=shelf.addresses.of(f"sources/{source.key}/"),
        description=" ".join(depths(source, shelf.library, shelf.labels)),
    )
