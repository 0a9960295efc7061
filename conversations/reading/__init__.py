"""Readers of a story besides its day and place: what to mask, to warn of, to suggest and to ask for."""
