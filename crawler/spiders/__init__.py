"""Spiders by way: each turns due sources into sightings, and addresses into pages."""
