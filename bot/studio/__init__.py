"""The studio: administrators change what the bot says, see it on each phone, and publish it."""
