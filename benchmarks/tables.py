"""The figures as tables in Markdown, each with its budget and whether it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.builds import MEMORY, PER_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KILOBYTE = 1000
KINDS = ("ours", "plain", "plain without font", "by hand")
LCP = (0.5, 1.25)  # at most, as a part of plain Material's, and of a page's that is written by hand
TBT = 30  # milliseconds at most


def tables(figures: Mapping[str, Any]) -> str:
    """Return all that was measured as Markdown."""
    parts: list[str] = [figures["note"], ""] if figures.get("note") else []
    if "builds" in figures:
        parts += _builds(figures["builds"])
    if "preview" in figures:
        parts += _preview(figures["preview"])
    if "pages" in figures:
        parts += _pages(figures["pages"])
    return "\n".join(parts) + "\n"


def _builds(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield (
        "| written pages (of all) | our CPU s | plain CPU s | ratio | budget | our MiB "
        "| with copy and API, CPU s | for the first time, CPU s |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for row in rows:
        ours, plain = row["pages"], row["plain"]
        everything, first_time = (row[kind]["cpu"] if kind in row else "not measured" for kind in ("all", "first"))
        yield (
            f"| {row['pages_count']} ({row['html']}) | {ours['cpu']} | {plain['cpu']} | {row['ratio']} "
            f"| {_kept(row['ratio'], row['budget'])} | {ours['memory']:.0f} | {everything} | {first_time} |"
        )
    yield ""
    rounds = ", ".join(f"{row['rounds']} at {row['pages_count']}" for row in rows)
    yield f"Medians of so many rounds: {rounds}; many pages were built for the first time once."
    yield "The check leaves out what is as it was at the build before; for the first time, there was none."
    first, last = rows[0], rows[-1]
    if len(rows) > 1:
        per_page = (last["pages"]["cpu"] / last["pages_count"]) / (first["pages"]["cpu"] / first["pages_count"])
        yield f"CPU time per page, most against fewest pages: {per_page:.2f} ({_kept(per_page, PER_PAGE)})."
    memory = max(row["pages"]["memory"] for row in rows)
    yield f"Memory at most: {memory:.0f} MiB ({_kept(memory, MEMORY)})."
    yield ""


def _preview(row: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"The preview builds all {row['pages']} pages again after an edit in {row['with']} s of CPU time; "
        f"{row['own']} s of these are our own extensions ({_kept(row['own'], row['budget'])})."
    )
    yield ""


def _pages(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"Lighthouse, mobile, over HTTP/2: {' / '.join(KINDS)}."
    yield "Plain is MkDocs + Material as it comes; letters it asks Google for come from a stand-in here."
    yield "Without font, its `font: false` is set, and it asks for none."
    yield ""
    yield "| page | kB | requests | performance | LCP ms | TBT ms | CLS |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for row in rows:
        yield f"| {' | '.join(_page(row))} |"
    yield ""
    bare = _parts(rows, "ours", KINDS[2])
    floor = _parts(rows, "by hand", KINDS[2])
    yield (
        f"Medians of {rows[0]['rounds']}. LCP against plain: {_span(_parts(rows, 'ours', 'plain'), LCP[0])}; "
        f"against by hand: {_span(_parts(rows, 'ours', 'by hand'), LCP[1])}. "
        f"Against plain without font it is {min(bare):.2f} to {max(bare):.2f}, "
        f"and the page by hand itself {min(floor):.2f} to {max(floor):.2f}. "
        f"Worst TBT: {max(row['ours']['tbt'] for row in rows):.0f} ms "
        f"({_kept(max(row['ours']['tbt'] for row in rows), TBT)})."
    )


def _parts(rows: Sequence[Mapping[str, Any]], one: str, other: str) -> list[float]:
    """Return one kind's LCP as a part of another's, page by page."""
    return [row[one]["lcp"] / row[other]["lcp"] for row in rows]


def _span(parts: Sequence[float], most: float) -> str:
    return f"{min(parts):.2f} to {max(parts):.2f} ({_kept(max(parts), most)})"


def _page(row: Mapping[str, Any]) -> Iterator[str]:
    kinds = [row[kind] for kind in KINDS]
    yield row["page"]
    yield " / ".join(f"{one['bytes'] / KILOBYTE:.1f}" for one in kinds)
    for name in ("requests", "performance", "lcp", "tbt"):
        yield " / ".join(f"{one[name]:.0f}" for one in kinds)
    yield " / ".join(f"{one['cls']:g}" for one in kinds)


def _kept(value: float, budget: float | None) -> str:
    if budget is None:
        return "no budget"
    return f"at most {budget:g}: {'kept' if value <= budget else 'missed'}"
