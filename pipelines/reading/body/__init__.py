"""Where a page's story stands, and what of it is furniture."""
