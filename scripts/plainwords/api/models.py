"""The shapes of the content API; the published JSON Schemas are made from these models.

Names are schema.org's (https://schema.org/MedicalWebPage, https://schema.org/DefinedTermSet)
and CSL's (https://docs.citationstyles.org). What is not known is left out, never null.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from plainwords.records import Day, Key, PartialDate, Record, Text

Address = Annotated[str, StringConstraints(pattern=r"^(https?://\S+|[^/:\s][^:\s]*)$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Version = Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d{2}-\d{2}\.)?[0-9a-f]{12}$")]
Kind = Literal["main message", "known", "unknown", "emergency", "urgent", "tell-the-clinic", "section"]
CslType = Literal["article-journal", "webpage", "report", "book", "chapter", "legislation"]


class Organization(Record):
    """Who publishes."""

    type: Literal["Organization"] = Field("Organization", alias="@type")
    name: Text


class Person(Record):
    """The clinician who signed exactly this text."""

    type: Literal["Person"] = Field("Person", alias="@type")
    name: Text
    job_title: Text = Field(alias="jobTitle")


class Citation(Record):
    """A source of a page; `identifier` is its id in sources.json, `description` says how far it was read."""

    type: Literal["ScholarlyArticle", "CreativeWork"] = Field(alias="@type")
    identifier: Key
    name: Text
    alternate_name: Text = Field(alias="alternateName")
    date_published: PartialDate | None = Field(None, alias="datePublished")
    same_as: Address | None = Field(None, alias="sameAs")
    url: Address
    description: Text


class Part(Record):
    """A part of a page; `citation` holds the identifiers of the sources that it rests on."""

    type: Literal["WebPageElement"] = Field("WebPageElement", alias="@type")
    genre: Kind
    name: Text | None = None
    url: Address | None = None
    text: Text
    citation: tuple[Key, ...] = ()


class Content(Record):
    """One page: P/content.json. `sha256` covers name, description, and each part's name and text, a line each."""

    context: Literal["https://schema.org"] = Field("https://schema.org", alias="@context")
    type: Literal["MedicalWebPage", "WebPage"] = Field(alias="@type")
    name: Text
    description: Text
    url: Address
    in_language: Literal["en"] = Field("en", alias="inLanguage")
    date_modified: Day | None = Field(None, alias="dateModified")
    last_reviewed: Day | None = Field(None, alias="lastReviewed")
    reviewed_by: Person | None = Field(None, alias="reviewedBy")
    creative_work_status: Text = Field(alias="creativeWorkStatus")
    license: Address
    credit_text: Text = Field(alias="creditText")
    publisher: Organization
    version: Version
    sha256: Digest
    has_part: tuple[Part, ...] = Field(alias="hasPart", min_length=1)
    citation: tuple[Citation, ...] = ()


class File(Record):
    """A file of the API: where it is, what it is, the SHA-256 of its bytes, and the schema it follows."""

    type: Literal["MediaObject"] = Field("MediaObject", alias="@type")
    name: Text
    content_url: Address = Field(alias="contentUrl")
    encoding_format: Text = Field(alias="encodingFormat")
    sha256: Digest
    schema_: Address | None = Field(None, alias="schemaVersion")


class Entry(Record):
    """One page in the index."""

    type: Literal["MedicalWebPage", "WebPage"] = Field(alias="@type")
    name: Text
    description: Text
    url: Address
    date_modified: Day | None = Field(None, alias="dateModified")
    last_reviewed: Day | None = Field(None, alias="lastReviewed")
    version: Version
    encoding: File


class Index(Record):
    """The list of everything: api/v1/index.json."""

    context: Literal["https://schema.org"] = Field("https://schema.org", alias="@context")
    type: Literal["DataCatalog"] = Field("DataCatalog", alias="@type")
    name: Text
    description: Text
    url: Address
    in_language: Literal["en"] = Field("en", alias="inLanguage")
    license: Address
    publisher: Organization
    version: Literal["1"] = "1"
    has_part: tuple[Entry, ...] = Field(alias="hasPart")
    encoding: tuple[File, ...]


class DefinedTerm(Record):
    """A word: its meaning, other names, and more to say about it."""

    type: Literal["DefinedTerm"] = Field("DefinedTerm", alias="@type")
    name: Text
    term_code: Key = Field(alias="termCode")
    description: Text
    disambiguating_description: Text | None = Field(None, alias="disambiguatingDescription")
    alternate_name: tuple[Text, ...] = Field((), alias="alternateName")
    url: Address


class Glossary(Record):
    """All words: api/v1/glossary.json."""

    context: Literal["https://schema.org"] = Field("https://schema.org", alias="@context")
    type: Literal["DefinedTermSet"] = Field("DefinedTermSet", alias="@type")
    name: Text
    url: Address
    in_language: Literal["en"] = Field("en", alias="inLanguage")
    license: Address
    has_defined_term: tuple[DefinedTerm, ...] = Field(alias="hasDefinedTerm")


class Correction(Record):
    """What became known of a fixed version later."""

    type: Literal["CorrectionComment"] = Field("CorrectionComment", alias="@type")
    genre: Literal["corrected", "withdrawn"]
    date_created: Day = Field(alias="dateCreated")
    text: Text


class Fixed(Record):
    """A fixed version of a page: `version` is its day, `description` what changed, `sha256` that of its text.html."""

    type: Literal["WebPage"] = Field("WebPage", alias="@type")
    name: Text
    description: Text
    url: Address
    is_based_on: Address = Field(alias="isBasedOn")
    version: Day
    sha256: Digest
    correction: tuple[Correction, ...] = ()


class Versions(Record):
    """All fixed versions, and what became of them: api/v1/versions.json."""

    context: Literal["https://schema.org"] = Field("https://schema.org", alias="@context")
    type: Literal["Collection"] = Field("Collection", alias="@type")
    name: Text
    license: Address
    has_part: tuple[Fixed, ...] = Field((), alias="hasPart")


class CslName(Record):
    """A person or an organisation."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None


class CslDate(Record):
    """A date as CSL has it: one list of year, month, day."""

    date_parts: tuple[tuple[int, ...]] = Field(alias="date-parts")


class CslItem(Record):
    """One source as CSL-JSON; `note` says how far it was read."""

    id: Key
    type: CslType
    title: Text
    author: tuple[CslName, ...] = ()
    container_title: Text | None = Field(None, alias="container-title")
    container_title_short: Text | None = Field(None, alias="container-title-short")
    publisher: Text | None = None
    issued: CslDate | None = None
    accessed: CslDate | None = None
    volume: Text | None = None
    issue: Text | None = None
    page: Text | None = None
    number: Text | None = None
    doi: Text | None = Field(None, alias="DOI")
    pmid: Text | None = Field(None, alias="PMID")
    pmcid: Text | None = Field(None, alias="PMCID")
    url: Address | None = Field(None, alias="URL")
    note: Text


class OEmbed(Record):
    """What a pasted address turns into: P/oembed.json (https://oembed.com)."""

    version: Literal["1.0"]
    type: Literal["rich"]
    title: Text
    provider_name: Text
    provider_url: Address
    cache_age: int = Field(gt=0)
    width: Literal[600]
    height: int = Field(ge=200, le=1000)  # what WordPress shows
    html: Annotated[str, StringConstraints(pattern=r"^<blockquote><a href=.+</blockquote><iframe src=.+</iframe>$")]


class Script(Record):
    """A script for other websites: the file whose name holds its hash, its SRI value, its size."""

    file: Annotated[str, StringConstraints(pattern=r"^[a-z-]+\.[0-9a-f]{12}\.js$")]
    integrity: Annotated[str, StringConstraints(pattern=r"^sha384-[A-Za-z0-9+/]{64}$")]
    bytes: int = Field(gt=0)


class Offline(Record):
    """The offline copy: offline/size.json."""

    file: Address
    bytes: int = Field(gt=0)
    sha256: Digest
    pages: int = Field(gt=0)


class Sheet(Record):
    """A printable sheet in one size of paper."""

    file: Address
    bytes: int = Field(gt=0)


class Use(Record):
    """A sentence of this site that rests on a finding: its page, the place of its mark, its words."""

    page: Annotated[str, StringConstraints(pattern=r"^/([a-z0-9-]+/)*$")]
    place: Annotated[str, StringConstraints(pattern=r"^cite-[0-9-]+$")]
    sentence: Text


Finding = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]
Uses = dict[Finding, tuple[Use, ...]]  # uses.json
Sources = tuple[CslItem, ...]
Sheets = dict[str, dict[Literal["a4", "letter"], Sheet]]  # handouts/handouts.json, by the address of the page
Scripts = dict[Literal["embed.js", "prolotherapy-page.js"], Script]  # assets/embed/manifest.json
SCHEMAS: dict[str, Any] = {
    "content": Content, "index": Index, "glossary": Glossary, "sources": Sources, "versions": Versions,
    "oembed": OEmbed, "scripts": Scripts, "offline": Offline, "handouts": Sheets, "uses": Uses,
}  # fmt: skip
