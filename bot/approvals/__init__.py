"""Message templates at Meta: which there must be, how those stand that there are, and which may be sent.

Meta tells all of it, so nothing is written down: a worker asks again every few minutes.
"""
