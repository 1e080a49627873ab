"""Sources to entries: feeds, sitemaps, listing pages, the WordPress API."""
