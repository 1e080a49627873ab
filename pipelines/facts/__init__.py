"""Facts: amounts, counts, shares, days, places, bodies and people read from a story.

`reading` puts them together: `numbers` finds digits, `worded` number words,
`amounts` joins them with currencies, `scales`, `halves` and measures, `ranges`
two of them, `counts` decides whether a bare number counts anything, `sayings`
which tell nothing, `named` looks names up. The words of ten
languages stand in words.toml, numerals.toml and grammar.toml beside it;
docs/facts.md says what is read and what is not. Leans on `news`, `query`,
`pipelines.days` and ICU.
"""
