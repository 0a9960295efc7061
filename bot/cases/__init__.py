"""The case backend: the port, LAPOR! behind HTTP, and the embedded case desk."""
