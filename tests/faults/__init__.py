"""The bot under faults: real processes, a line that cuts between them, and what was counted afterwards."""
