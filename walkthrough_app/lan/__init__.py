"""HTTPS on the local network: certificates, and the page that hands the authority to phones."""
