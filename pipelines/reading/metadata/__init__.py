"""What a page says of its story: headlines, authors, times, addresses, marks."""
