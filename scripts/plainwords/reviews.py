"""Reviews: a named person signs a text, bound to that text by its digest."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plainwords.problems import Problem
from plainwords.tracing import cited_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Review, Reviewer

SNIPPET = re.compile(r'^\s*--8<--\s+"([^":]+)(?::([\w-]+))?"\s*$', re.MULTILINE)


@dataclass(frozen=True)
class SignOff:
    """A review of a page, who signed it, and whether the page still has the text that was signed."""

    review: Review
    reviewer: Reviewer
    current: bool


def page_digest(root: Path, page: Page, library: Library) -> str:
    """Return the SHA-256 of what a reviewer reads: title, description, body, included texts, cited findings.

    The dates in the front matter are left out: to check a page again does not undo a signature.
    """
    findings = {
        citation: found[1].model_dump(mode="json")
        for citation in sorted(cited_keys(page) | _included_citations(root, page))
        if (found := library.finding(citation))
    }
    texts = [page.meta.title, page.meta.description, page.body, *_included(root, page)]
    return hashlib.sha256(json.dumps([texts, findings], sort_keys=True).encode()).hexdigest()


def sign_offs(root: Path, page: Page, library: Library) -> list[SignOff]:
    """Return the reviews of a page, newest first."""
    reviews = [one for one in library.reviews.values() if one.page == page.source]
    signed = [one for one in reviews if one.reviewer in library.reviewers]
    digest = page_digest(root, page, library) if signed else ""
    found = [SignOff(one, library.reviewers[one.reviewer], one.digest == digest) for one in signed]
    return sorted(found, key=lambda one: one.review.date, reverse=True)


def review_problems(pages: Sequence[Page], library: Library) -> Iterator[Problem]:
    """A review names a page and a reviewer that exist."""
    sources = {page.source for page in pages}
    for path, review in library.reviews.items():
        if review.page not in sources:
            yield Problem(path, 1, "review", f'page: "{review.page}" is no page below docs/')
        if review.reviewer not in library.reviewers:
            yield Problem(path, 1, "review", f'reviewer: "{review.reviewer}" is not in data/reviewers.yml')


def _included(root: Path, page: Page) -> list[str]:
    texts: list[str] = []
    for name, section in SNIPPET.findall(page.body):
        path = root / "docs" / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        marked = re.search(rf"\[start:{section}\](.*?)\[end:{section}\]", text, re.DOTALL) if section else None
        texts.append(marked[1] if marked else text)
    return texts


def _included_citations(root: Path, page: Page) -> set[str]:
    return {one for text in _included(root, page) for one in re.findall(r"\[\^([^\]\s]+)\]", text)}
