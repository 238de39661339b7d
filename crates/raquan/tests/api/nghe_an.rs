//! Nghệ An in May 2022: its People's Committees, people of every role, an issued campaign.

use domain::admin_units::{Level, UnitIx};
use jiff::civil::{Date, date};
use raquan::app::organizations::{OrganizationCreate, organization_create_many};
use raquan::app::users::{RoleGrant, UserCreate, user_create};
use raquan::app::{Actor, Door};
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, TestApp};

pub const CAMPAIGN: &str = "nghe-an-2022";
const DAY: Date = date(2022, 5, 1);

pub struct NgheAn {
    pub world: TestApp,
    pub planner: Client,
}

/// The plan of the campaign, whole enough to be issued.
pub fn plan() -> Value {
    json!({
        "legal_bases": [{
            "number": "81-KH/TU", "date": "2022-03-07", "issuer": "Ban Thường vụ Tỉnh ủy",
            "subject": "Phát triển đối tượng tham gia BHXH, BHYT",
        }],
        "objectives": { "overall": "100% xã được quán triệt" },
        "theme": "BHXH cho mọi người",
        "workstreams": [{ "id": "inform", "name": "Phổ biến" }],
        "responsibilities": [{ "name": "UBND huyện", "role": "lead", "text": "Phổ biến đến xã" }],
    })
}

impl NgheAn {
    /// The provincial bodies and an issued campaign; no committees below yet.
    pub async fn new() -> Self {
        Self::with(TestApp::new().await).await
    }

    pub async fn with(world: TestApp) -> Self {
        let bodies = vec![
            body("bhxh", "social_insurance", "BHXH tỉnh Nghệ An", "old-40"),
            body("union", "trade_union", "Liên đoàn Lao động tỉnh", "old-40"),
        ];
        organization_create_many(&world.app, &Actor::system(Door::Demo), bodies)
            .await
            .expect("the provincial bodies");
        let made = Self {
            planner: member(&world, "kehoach", "planner", "old-40", "bhxh").await,
            world,
        };
        let campaign = json!({
            "id": CAMPAIGN, "name": "Tháng vận động năm 2022", "admin_unit_id": "old-40",
            "organization_id": "bhxh", "first_day": "2022-05-01", "last_day": "2022-06-30",
            "plan": plan(),
        });
        made.world
            .post(&made.planner, "/api/v1/campaigns", &campaign)
            .await
            .expect(201);
        made
    }

    /// Issues the campaign.
    pub async fn issued(self) -> Self {
        let document = json!({ "document_number": "81-KH/TU", "document_date": "2022-03-07" });
        let path = format!("/api/v1/campaigns/{CAMPAIGN}/issue");
        self.world
            .post(&self.planner, &path, &document)
            .await
            .expect(200);
        self
    }

    /// Adds a People's Committee to every district and commune but those left out.
    pub async fn with_committees(self, left_out: &[UnitIx]) -> Self {
        let units = self.world.app.units;
        let top = units.get("old-40").expect("Nghệ An");
        let bodies = units
            .descendants(top, DAY)
            .into_iter()
            .filter(|unit| *unit != top && !left_out.contains(unit))
            .map(|unit| {
                let name = format!("UBND {}", units.nearest(unit, DAY).full_name);
                body(
                    &committee(units.id(unit)),
                    "peoples_committee",
                    &name,
                    units.id(unit),
                )
            })
            .collect();
        organization_create_many(&self.world.app, &Actor::system(Door::Demo), bodies)
            .await
            .expect("the committees");
        self
    }

    /// Ids of the districts.
    pub fn districts(&self) -> Vec<String> {
        self.below("old-40", Level::District)
    }

    /// Ids of the communes of a district.
    pub fn communes(&self, district: &str) -> Vec<String> {
        self.below(district, Level::Commune)
    }

    fn below(&self, unit: &str, level: Level) -> Vec<String> {
        let units = self.world.app.units;
        let top = units.get(unit).expect("a unit");
        units
            .children(top, DAY)
            .into_iter()
            .filter(|unit| units.nearest(*unit, DAY).level == level)
            .map(|unit| units.id(unit).to_owned())
            .collect()
    }

    /// A task for the provincial agency, changed by `change`.
    pub fn task(&self, number: u32, change: Value) -> Value {
        let mut task = json!({
            "id": id(number), "campaign_id": CAMPAIGN, "kind": "inform", "workstream": "inform",
            "title": "Quán triệt Kế hoạch 81-KH/TU", "basis": "Kế hoạch 81-KH/TU, mục III",
            "lead_organization_id": "bhxh", "first_day": "2022-05-01", "due_day": "2022-05-31",
            "indicator": "communes_informed",
        });
        for (key, value) in change.as_object().expect("an object") {
            task[key] = value.clone();
        }
        task
    }

    /// Hands out a task for the provincial agency.
    pub async fn hand_out(&self, number: u32, change: Value) -> Value {
        let task = self.task(number, change);
        self.world
            .post(&self.planner, "/api/v1/tasks", &task)
            .await
            .expect(201)
    }

    /// Sets the clock; sessions do not outlive days without use, so the planner signs in anew.
    pub async fn at(&mut self, instant: &str) {
        self.world.set_clock(instant);
        self.planner = self
            .world
            .sign_in("kehoach", PASSWORD)
            .await
            .expect("signed in");
    }

    /// The task of an organization below a task.
    pub async fn task_of(&self, organization: &str) -> String {
        let path = format!("/api/v1/tasks?organization_id={organization}");
        let found = self.world.get(&self.planner, &path).await.expect(200);
        found["items"][0]["id"]
            .as_str()
            .expect("it has a task")
            .to_owned()
    }
}

/// A user who belongs to an organization and holds a role over a unit.
pub async fn member(
    world: &TestApp,
    username: &str,
    role: &str,
    unit: &str,
    organization: &str,
) -> Client {
    let input = UserCreate {
        id: world.app.clock.new_id(),
        username: username.to_owned(),
        display_name: format!("Người thử {username}"),
        password: PASSWORD.to_owned(),
        must_change_password: false,
        organization_id: Some(organization.to_owned()),
        grants: vec![RoleGrant {
            role: role.to_owned(),
            admin_unit_id: Some(unit.to_owned()),
            organization_id: None,
        }],
    };
    user_create(&world.app, &Actor::system(Door::Cli), input)
        .await
        .expect("a user");
    world.sign_in(username, PASSWORD).await.expect("signed in")
}

/// Id of the People's Committee of a unit.
pub fn committee(unit: &str) -> String {
    format!("pc-{unit}")
}

/// A UUID for tests.
pub fn id(number: u32) -> String {
    format!("0196f3c4-0000-7000-8000-{number:012}")
}

fn body(id: &str, kind: &str, name: &str, unit: &str) -> OrganizationCreate {
    OrganizationCreate {
        id: id.to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        short_name: None,
        admin_unit_id: unit.to_owned(),
        parent_id: None,
        illustrative: true,
    }
}

/// The codes of an answer's faults.
pub fn codes(answer: &Value) -> Vec<&str> {
    let faults = answer["details"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    faults
        .iter()
        .filter_map(|fault| fault["code"].as_str())
        .collect()
}
