"""Printed dates and times of ten languages, read to the moment that they mean."""
