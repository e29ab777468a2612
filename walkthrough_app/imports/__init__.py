"""Units and service items from a spreadsheet: read, shown with every bad row, taken in only when confirmed."""
