"""The bot behind a real Kannel, set up as docs/kannel.conf says, with phones and an operator at its other end."""
