"""Which tests run a second time, on PostgreSQL: those to whom it matters which database it is."""

import pytest

# Real processes on a database of their own.
OWN_DATABASE = (
    "tests/jobs/test_worker.py",
    "tests/upkeep/test_backup.py::test_a_restored",
    "tests/upkeep/test_moving.py",
)
# These need a database for their scene only. What they store or ask is stored and asked by the tests named in the reason.
ONCE = {
    # Who may open a page, and what a page sends along: test_sessions and test_sign_in read and write the sessions.
    "tests/accounts/test_cookies.py",
    "tests/accounts/test_guard.py",
    # A draft is one document in one column: test_publish and test_rights store, change and publish it.
    "tests/authoring/test_editor.py",
    "tests/authoring/test_preview.py",
    "tests/authoring/test_xlsform.py",
    "tests/authoring/test_yaml.py",
    # Forms, files and headers of an answer: test_db and test_pouring are about the database.
    "tests/core/test_assets.py",
    "tests/core/test_forms.py",
    "tests/core/test_web.py",
    # Rows that are refused before anything is written: test_import writes.
    "tests/imports/test_broken_rows.py",
    # How processes start and end: the others of this file are about the ledger of jobs.
    "tests/jobs/test_worker.py::test_a_child_that_is_killed_is_replaced_and_none_outlives_its_worker",
    "tests/jobs/test_worker.py::test_the_server_keeps_a_worker_and_takes_it_along",
    "tests/jobs/test_worker.py::test_the_server_killed_at_once_leaves_no_worker_behind",
    # What a picture looks like: tests/sync/test_media stores pictures.
    "tests/media/test_looks.py",
    # Words that are covered, and the arithmetic of many: test_public and the rest of test_results store and count.
    "tests/ratings/test_masking.py",
    "tests/ratings/test_results.py::test_ten_thousand_ratings_with_three_thousand_stuffed_tell_the_honest_mean",
    # What goes over the wire, and what is answered: test_delivering and test_tick keep the deliveries.
    "tests/reminders/test_mail.py",
    "tests/reminders/test_robots.py",
    # What is drawn on paper and in sheets: test_drafting, test_handing_in and test_sheet_in store.
    "tests/rectification/test_sheet_out.py",
    "tests/reports/test_diagrams.py",
    "tests/reports/test_preview.py",
    "tests/reports/test_proof.py",
    "tests/reports/test_sheet.py",
    # The pages of a walk: every form of theirs is an event, as test_start, test_incoming and tests/sync write it.
    "tests/walkthroughs/test_findings.py",
    "tests/walkthroughs/test_run_once.py",
    "tests/walkthroughs/test_steps.py",
}


def runs_twice(one: pytest.Item) -> bool:
    """Tell whether a test asks a database, and something that no other test has asked of it."""
    asks = "stage" in getattr(one, "fixturenames", ()) or one.nodeid.startswith(OWN_DATABASE)
    function = one.nodeid.partition("[")[0]
    return asks and not {function, function.partition("::")[0]} & ONCE
