"""Papers about findings: 督办通知单, 问题交办函, 回头看记录, 通报, 典型经验; drafted, issued by number, followed."""
