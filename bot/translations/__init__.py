"""What translators work on outside: a language as a file of their tools, out and in again."""
