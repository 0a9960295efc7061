"""SMS gateways described by files: how one is asked to send, what it answers, and how it calls us."""
