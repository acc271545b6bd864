"""What `scripts/bench` measures: the service beside the bounds that its design names."""
