"""Reviews turned into memory: what the learner knows, and when to ask again."""
