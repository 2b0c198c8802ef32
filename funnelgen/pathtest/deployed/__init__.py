"""A site where it is deployed: whether it is this site, and whether its host answers as the build says it must."""
