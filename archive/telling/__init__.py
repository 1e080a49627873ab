"""Who is told: subscribers, watches, digests and their deliveries, and what each was told."""
