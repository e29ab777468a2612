"""明查暗访 and 创建督查: inspectors visit other units' counters and offices, and what they find goes to the ledger."""
