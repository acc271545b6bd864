"""Proves with the release binary and the machine's kernel that nothing acknowledged is lost; see `scripts/soak`."""
