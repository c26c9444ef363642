"""Measures the build and the pages against a plain MkDocs + Material build of the same Markdown; no part of the build."""
