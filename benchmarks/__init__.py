"""Figures measured in one run, as ratios to a bare counterpart on the same machine."""
