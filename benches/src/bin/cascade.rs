//! One order to every People's Committee of a province's districts and communes: one request, one
//! transaction synced to disk, and how the tree stands afterwards.

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use benches::folder::Folder;
use benches::{Spread, machine_line, print_head, print_row};
use domain::plan::{LegalBasis, Objectives, Plan, Responsibility, ResponsibilityRole, Workstream};
use jiff::civil::date;
use raquan::app::campaigns::{CampaignCreate, CampaignIssue, campaign_create, campaign_issue};
use raquan::app::organizations::{OrganizationCreate, organization_create_many};
use raquan::app::tasks::{
    CascadeLevel, TaskCascade, TaskCreate, task_cascade, task_create, task_state_on,
};
use raquan::app::{Actor, App, AppError, Door};
use raquan::clock::Clock;
use raquan::config::Config;

const RUNS: usize = 20;
const PROVINCE: &str = "old-40";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("{}\n", machine_line());
    let folder = Folder::new()?;
    let url = format!("sqlite:{}", folder.path().join("cascade.db").display());
    let key_file = folder.path().join("key").display().to_string();
    let flags = [("database_url", url), ("key_file", key_file)];
    let config = Config::load(None, [], &flags).map_err(|mistakes| mistakes.join("\n"))?;
    let now: jiff::Timestamp = "2022-05-08T00:00:00Z".parse()?;
    let app = Arc::new(App::open(config, Clock::from_fn(move || now)).await?);
    let actor = Actor::system(Door::Cli);
    prepare(&app, &actor).await?;
    let (mut cascades, mut states) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let task = task(&app, run);
        let id = task.id.clone();
        task_create(&app, &actor, task).await?;
        let start = Instant::now();
        let done = task_cascade(&app, &actor, &id, order(run)).await?;
        cascades.push(start.elapsed());
        assert_eq!(done.created, 481, "21 districts and 460 communes");
        let start = Instant::now();
        let state = task_state_on(&app, &actor, &id, date(2022, 5, 8)).await?;
        states.push(start.elapsed());
        assert_eq!(state.missing.len(), 460);
    }
    print_head();
    print_row(
        "cascade: 481 tasks in one request, synced to disk",
        &Spread::new(cascades),
    );
    print_row(
        "state of the 481 tasks on a day, with the 460 missing",
        &Spread::new(states),
    );
    Ok(())
}

/// The bodies of the province of that time, and a campaign that is issued.
async fn prepare(app: &App, actor: &Actor) -> Result<(), AppError> {
    let top = app
        .units
        .get(PROVINCE)
        .expect("the province is in the unit data");
    let bodies = app
        .units
        .descendants(top, date(2022, 5, 1))
        .into_iter()
        .chain([top]);
    let bodies: Vec<OrganizationCreate> = bodies
        .map(|unit| OrganizationCreate {
            id: format!("pc-{}", app.units.id(unit)),
            kind: "peoples_committee".into(),
            name: format!("UBND {}", app.units.id(unit)),
            short_name: None,
            admin_unit_id: app.units.id(unit).to_owned(),
            parent_id: None,
            illustrative: true,
        })
        .collect();
    organization_create_many(app, actor, bodies).await?;
    let plan = Plan {
        legal_bases: vec![LegalBasis {
            number: "81-KH/TU".into(),
            ..LegalBasis::default()
        }],
        objectives: Objectives {
            overall: "100% xã".into(),
            ..Objectives::default()
        },
        workstreams: vec![Workstream {
            id: "inform".into(),
            name: "Phổ biến".into(),
        }],
        responsibilities: vec![Responsibility {
            organization_id: None,
            name: Some("UBND huyện".into()),
            role: ResponsibilityRole::Lead,
            text: "Phổ biến".into(),
        }],
        ..Plan::default()
    };
    let campaign = CampaignCreate {
        id: "measured".into(),
        name: "Đo".into(),
        admin_unit_id: PROVINCE.into(),
        organization_id: format!("pc-{PROVINCE}"),
        first_day: "2022-05-01".into(),
        last_day: "2022-05-31".into(),
        plan,
        illustrative: None,
    };
    campaign_create(app, actor, campaign).await?;
    let document = CampaignIssue {
        document_number: "81-KH/TU".into(),
        document_date: "2022-03-07".into(),
    };
    campaign_issue(app, actor, "measured", document).await?;
    Ok(())
}

fn task(app: &App, run: usize) -> TaskCreate {
    TaskCreate {
        id: app.clock.new_id(),
        campaign_id: "measured".into(),
        parent_id: None,
        kind: "inform".into(),
        workstream: Some("inform".into()),
        title: format!("Quán triệt kế hoạch, lần {run}"),
        description: String::new(),
        basis: "Mục III".into(),
        lead_organization_id: format!("pc-{PROVINCE}"),
        coordinating_organization_ids: vec![],
        first_day: "2022-05-01".into(),
        due_day: "2022-05-31".into(),
        wanted_evidence: String::new(),
        indicator: Some("communes_informed".into()),
    }
}

fn order(run: usize) -> TaskCascade {
    let level = |level: &str| CascadeLevel {
        level: level.to_owned(),
        organization_kind: "peoples_committee".to_owned(),
        days_before: 2,
    };
    TaskCascade {
        id: format!("order-{run}"),
        levels: vec![level("district"), level("commune")],
        skip_missing: false,
    }
}
