"""Python-Markdown extensions: one page's text in, HTML out; they know no other page and no builder."""
