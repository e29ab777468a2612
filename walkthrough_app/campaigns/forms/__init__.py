"""Forms of campaigns: the shape of what is typed; the rules stand in rules.py."""

from walkthrough_app.campaigns.forms.campaigns import CampaignForm, RouteForm, campaign_form, route_forms
from walkthrough_app.campaigns.forms.errands import ErrandForm
from walkthrough_app.campaigns.forms.invitations import InvitationsForm
from walkthrough_app.campaigns.forms.items import ItemForm
from walkthrough_app.campaigns.forms.plans import PlanForm

__all__ = [
    "CampaignForm",
    "ErrandForm",
    "InvitationsForm",
    "ItemForm",
    "PlanForm",
    "RouteForm",
    "campaign_form",
    "route_forms",
]
