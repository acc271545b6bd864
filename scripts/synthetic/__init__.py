"""Synthetic people, rates and costs in the shape of real commissioners, and how they reach the service."""
