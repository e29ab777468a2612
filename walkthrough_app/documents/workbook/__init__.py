"""Spreadsheets: the only importer of XlsxWriter and openpyxl. Written row by row, read with limits."""

from walkthrough_app.documents.workbook.model import Cell, Column, Sheet
from walkthrough_app.documents.workbook.reading import Table, UnreadableError, read
from walkthrough_app.documents.workbook.writing import write_csv, write_xlsx

__all__ = ["Cell", "Column", "Sheet", "Table", "UnreadableError", "read", "write_csv", "write_xlsx"]
