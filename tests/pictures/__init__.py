"""The pictures of the docs, taken of the product at work: `make pictures`."""
