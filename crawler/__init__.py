"""Collection with Scrapy: which sources there are, asking them politely, and what they answered.

Outlets are data (outlets/<cc>/<name>.toml); spiders by way turn sources into
sightings and pages; the list of stages in settings.py is the life of a story.
Leans on pipelines, archive, query and news.
"""
