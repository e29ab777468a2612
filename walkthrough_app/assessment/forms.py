"""Forms of an assessment: shape only."""

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from walkthrough_app.core.forms import BaseForm, long_text


class PointsForm(BaseForm):
    points = IntegerField(
        "得分", validators=[InputRequired("请填写得分。"), NumberRange(0, 100, message="请填0到100之间的整数。")]
    )
    reason = long_text("依据", limit=200, needed="请写明打分的依据。")
