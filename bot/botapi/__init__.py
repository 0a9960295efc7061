"""Telegram's Bot API as an operator needs it: the webhook, the commands menu, links, updates without a webhook."""
