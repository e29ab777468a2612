"""汇总: what was received, or arrived as files, becomes one report, one table and one ledger."""
