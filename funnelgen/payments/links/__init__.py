"""The links of a site's buttons: what each must charge, where its buyers come back to, and what is still to do."""
