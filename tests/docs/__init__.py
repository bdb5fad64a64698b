"""The docs say what is so: checked against the product."""
