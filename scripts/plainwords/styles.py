"""The style of one page: of all style sheets, only the rules that the page can use, without spaces.

A rule goes when it names a class that stands nowhere in the page. Classes inside `:is()`, `:not()` and `:has()`
do not count, so that a rule is rather kept than lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import rcssmin
import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CLASSES = re.compile(r'class="(?<!\wclass=")([^"]*)"')
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
GROUP = re.compile(r":(?:is|not|where|has)\([^()]*(?:\([^()]*\)[^()]*)*\)")
NOUGHT = re.compile(r"(?<=[\s:,(-])0(?=\.\d)")  # 0.5 is .5
WITH_RULES = {"media", "supports"}


@dataclass(frozen=True)
class Rule:
    """One rule: for each of its selectors the classes it needs, and its text; or rules under a condition."""

    needs: tuple[frozenset[str], ...]
    text: str
    inside: tuple[Rule, ...] = ()

    def text_for(self, classes: frozenset[str]) -> str:
        """Return the rule's text as far as a page with these classes can use it."""
        if self.inside:
            text = "".join(rule.text_for(classes) for rule in self.inside)
            return f"{self.text}{{{text}}}" if text else ""
        return self.text if any(need <= classes for need in self.needs) else ""


def read_rules(sheets: Iterable[str]) -> tuple[Rule, ...]:
    """Read style sheets in their order."""
    css = "\n".join(sheets)
    return _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


@lru_cache(maxsize=4096)
def style_for(rules: tuple[Rule, ...], classes: frozenset[str]) -> str:
    """Return the style sheet of a page in which these classes stand."""
    return "".join(rule.text_for(classes) for rule in rules)


def classes_in(text: str) -> frozenset[str]:
    """Return every class name in a page's HTML."""
    return frozenset(chain.from_iterable(map(str.split, set(CLASSES.findall(text)))))


def _rules(nodes: Sequence[Any]) -> tuple[Rule, ...]:
    return tuple(_rule(node) for node in nodes if node.type in ("qualified-rule", "at-rule"))


def _rule(node: Any) -> Rule:
    if node.type == "at-rule" and node.lower_at_keyword in WITH_RULES:
        inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        condition = " ".join(tinycss2.serialize(node.prelude).split()).replace(": ", ":")
        return Rule((frozenset(),), f"@{node.at_keyword} {condition}", _rules(inside))
    text = NOUGHT.sub("", rcssmin.cssmin(node.serialize()))
    if node.type == "at-rule":
        return Rule((frozenset(),), text)
    selectors = GROUP.sub("", tinycss2.serialize(node.prelude)).split(",")
    return Rule(tuple(frozenset(CLASS.findall(selector)) for selector in selectors), text)
