"""Where the built pages keep what an embed needs: the only place that knows their classes."""

from __future__ import annotations

HEAD = "pw-head"
MESSAGE = "verdict"
STAMP = "pw-stamp"
REVIEW = "pw-stamp__review"
SPLIT = "pw-split"
HALVES = ("pw-known", "pw-unknown")
CARE = "pw-care"
EMERGENCY = "pw-care--emergency"
CARE_LEVEL = "pw-care__level"
SOURCES = "pw-sources"
DATES = "pw-dates"
FINDING_USES = "pw-uses"
MARK = "pw-cite"

# Dropped: notes that repeat the sources beside the claims, the ways back from a source, the tools of a page.
TAGS_DROPPED = ("script", "style", "link", "template", "noscript", "iframe", "form", "button", "nav")
CLASSES_DROPPED = (
    "pw-notes", "pw-sources__back", "pw-sources__place", "pw-part", "pw-feedback", "pw-contact", "pw-tally__marks",
    "pw-search", "pw-results",
)  # fmt: skip
# Kept: an embed's own style names these classes; all others go.
CLASSES = {
    "pw-cite", "pw-term", "pw-care", "pw-care--emergency", "pw-care--urgent", "pw-care--tell-the-clinic",
    "pw-care__level", "pw-table", "not-known", "advice", "definition", "navigation",
    "pw-sources__reference", "pw-sources__depth", "pw-where", "pe-short", "lede",
    "pw-tally", "pw-box", "pw-strip", "pw-strip__number", "pw-dots", "pw-figure__title",
    "pw-figure__note", "pw-on", "pw-off", "pw-bar", "pw-bar--first", "pw-axis",
}  # fmt: skip
ATTRIBUTES = {
    "class", "id", "href", "src", "alt", "width", "height", "lang", "dir", "scope", "colspan", "rowspan",
    "data-label", "start", "aria-label", "aria-hidden", "role", "datetime",
}  # fmt: skip
