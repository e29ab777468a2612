"""Spreadsheets: the only importer of XlsxWriter and openpyxl. Written row by row, read with limits."""

from walkthrough_app.documents.workbook.model import Cell, Column, Sheet
from walkthrough_app.documents.workbook.reading import Page, Table, UnreadableError, read, read_all
from walkthrough_app.documents.workbook.writing import write_csv, write_xlsx

__all__ = ["Cell", "Column", "Page", "Sheet", "Table", "UnreadableError", "read", "read_all", "write_csv", "write_xlsx"]
