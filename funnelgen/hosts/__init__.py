"""Where built pages go: the files that a host reads beside them."""
