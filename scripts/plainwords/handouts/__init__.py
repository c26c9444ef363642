"""Handouts: one or two printed sides for each main page and each answer, as tagged PDF, made from the built site."""
