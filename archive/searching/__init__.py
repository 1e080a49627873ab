"""A query's stories: newest or most telling first, with counts and facets, tried, saved."""
