"""The ledger as a spreadsheet: out in the columns of domain §6.4, and back in with what a unit filled in."""
