"""What the outlets said: pages as they came, stories with their revisions, and what is kept of each."""
