"""What an event's stories say together: reports, facts that contradict, quoted summaries."""
