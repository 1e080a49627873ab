"""What the sources showed: polls, sightings, gaps, health, and the ledger of it all."""
