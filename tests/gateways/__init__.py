"""Gateways other than Kannel: doubles of Jasmin and of an aggregator's JSON API, and the bot behind each."""
