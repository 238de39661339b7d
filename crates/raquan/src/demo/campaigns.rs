//! The campaigns themselves: written, issued, started.

use super::files::CampaignFiles;
use super::timeline::Hand;
use super::{DemoError, system};
use crate::app::App;
use crate::app::campaigns::{
    CampaignCreate, CampaignIssue, campaign_create, campaign_issue, campaign_start,
    campaign_visible,
};

/// Writes, issues and starts a campaign, as far as that has not happened yet.
pub async fn load(app: &App, hand: &Hand, files: &CampaignFiles) -> Result<(), DemoError> {
    let file = &files.campaign;
    let actor = system(Some(&file.organization));
    let failed = |what: &str| {
        let what = format!("{}: {what}", file.id);
        move |source| DemoError::step(what, source)
    };
    hand.set(file.document_date.at(8, 0, 0, 0));
    if campaign_visible(app, &actor, &file.id).await.is_err() {
        let input = CampaignCreate {
            id: file.id.clone(),
            name: file.name.clone(),
            admin_unit_id: file.unit.clone(),
            organization_id: file.organization.clone(),
            first_day: file.first_day.to_string(),
            last_day: file.last_day.to_string(),
            plan: file.plan.clone(),
            illustrative: Some(file.illustrative.clone()),
        };
        campaign_create(app, &actor, input)
            .await
            .map_err(failed("campaign.toml"))?;
    }
    let state = |row: store::campaigns::CampaignRow| row.state;
    let now = campaign_visible(app, &actor, &file.id)
        .await
        .map(state)
        .map_err(failed("reading it again"))?;
    if now == "draft" {
        hand.set(file.document_date.at(16, 0, 0, 0));
        let issue = CampaignIssue {
            document_number: file.document_number.clone(),
            document_date: file.document_date.to_string(),
        };
        campaign_issue(app, &actor, &file.id, issue)
            .await
            .map_err(failed("issuing it"))?;
    }
    if now == "draft" || now == "issued" {
        hand.set(
            file.first_day
                .at(7, 0, 0, 0)
                .max(file.document_date.at(16, 30, 0, 0)),
        );
        campaign_start(app, &actor, &file.id)
            .await
            .map_err(failed("starting it"))?;
    }
    Ok(())
}
