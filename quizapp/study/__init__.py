"""What to show next: the day's limits, the queue, the session, and finding cards."""
