"""Checks and assembles Prolotherapy in Plain Words: claims, sources, plain words, review state."""
