"""The shell around the dialog: wiring, Redis, the outside world, the command line."""
