"""Every table there is: who asks for `METADATA` here has all features' models with it."""

# ruff: noqa: F401 - importing is what makes the tables
import walkthrough_app.assessment.models
import walkthrough_app.authoring.models
import walkthrough_app.board.models
import walkthrough_app.board.search.models
import walkthrough_app.compilation.models
import walkthrough_app.core.audit
import walkthrough_app.core.series
import walkthrough_app.exports.models
import walkthrough_app.figures.models
import walkthrough_app.imports.models
import walkthrough_app.jobs.models
import walkthrough_app.media.models
import walkthrough_app.quality.models
import walkthrough_app.ratings.models
import walkthrough_app.reception.models
import walkthrough_app.records.models
import walkthrough_app.rectification.closing.models
import walkthrough_app.rectification.escalation.models
import walkthrough_app.rectification.models
import walkthrough_app.rectification.numbers
import walkthrough_app.rectification.papers.models
import walkthrough_app.rectification.rechecks.models
import walkthrough_app.reminders.models
import walkthrough_app.reports.models
import walkthrough_app.visits.models
from walkthrough_app.core import db

METADATA = db.Base.metadata
