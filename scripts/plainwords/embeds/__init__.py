"""Any page inside any website: embed pages, oEmbed answers, scripts and stored versions, made from the built site."""
