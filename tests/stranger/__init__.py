"""The bot as a stranger meets it: its processes, its routes and variables, and servers of the stranger's own."""
