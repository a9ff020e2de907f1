"""The full screen: what Textual shows of a collection. Nothing outside this room imports Textual."""
