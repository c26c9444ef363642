"""The content API: what the site says as static JSON. `docs/about/data-and-api.md` describes it."""
