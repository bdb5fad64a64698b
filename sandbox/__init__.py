"""A strict local Slack workspace, in memory, for tests and for trying the product."""
