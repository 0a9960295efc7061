"""The dialog: events in, effects out; no clock, no files, no network, no chance."""
