"""Twins of the providers: they play Telegram, Twilio and an SMS gateway on this machine, with no account."""
