"""Measures the build and the pages against plain MkDocs + Material on the same Markdown; no part of the build."""
