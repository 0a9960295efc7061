"""Flask around the channels: verify, parse, receive, answer; one module per channel, inbound."""
