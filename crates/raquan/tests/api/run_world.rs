//! Vinh in May 2022: an issued campaign, a post office, counsellors of two wards, and what they send.

use raquan::app::Action;
use raquan::app::organizations::{OrganizationCreate, organization_create_many};
use raquan::app::{Actor, Door};
use serde_json::{Value, json};
use store::facts::{FactFilter, fact_sum};

use crate::nghe_an::{CAMPAIGN, NgheAn, member};
use crate::support::{Answer, Client, TestApp};

/// Thành phố Vinh.
pub const CITY: &str = "old-412";
/// Phường Đông Vĩnh, in Vinh.
pub const WARD: &str = "old-16663";
/// Phường Hà Huy Tập, in Vinh.
pub const OTHER_WARD: &str = "old-16666";

/// The people of the stories.
pub struct Run {
    pub world: TestApp,
    /// Plans for the province.
    pub planner: Client,
    /// Reports for the city.
    pub reporter: Client,
    /// Counsels in the ward.
    pub counsellor: Client,
    /// Counsels in the other ward.
    pub neighbor: Client,
    /// May read the province.
    pub viewer: Client,
    /// Plans for another province.
    pub stranger: Client,
}

impl Run {
    pub async fn new() -> Self {
        Self::with(TestApp::new().await).await
    }

    pub async fn with(world: TestApp) -> Self {
        let NgheAn { world, planner } = NgheAn::with(world).await.issued().await;
        let post = |id: &str, name: &str, unit: &str| OrganizationCreate {
            id: id.into(),
            kind: "post".into(),
            name: name.into(),
            short_name: None,
            admin_unit_id: unit.into(),
            parent_id: None,
            illustrative: true,
        };
        let bodies = vec![
            post("post", "Bưu điện thành phố Vinh", CITY),
            post("women", "Hội Phụ nữ thành phố Vinh", CITY),
        ];
        organization_create_many(&world.app, &Actor::system(Door::Demo), bodies)
            .await
            .expect("the bodies of the city");
        Self {
            reporter: member(&world, "thanhpho", "reporter", CITY, "post").await,
            counsellor: member(&world, "dongvinh", "counsellor", WARD, "post").await,
            neighbor: member(&world, "hahuytap", "counsellor", OTHER_WARD, "post").await,
            viewer: world.user("xem", "viewer", Some("old-40")).await,
            stranger: world.user("daklak", "planner", Some("old-66")).await,
            planner,
            world,
        }
    }

    /// The path of something in the campaign.
    pub fn path(rest: &str) -> String {
        format!("/api/v1/campaigns/{CAMPAIGN}{rest}")
    }

    pub async fn put(&self, client: &Client, path: &str, body: &Value) -> Answer {
        self.world.send(client, "PUT", path, Some(body)).await
    }

    /// Sum of an indicator's facts in one state.
    pub async fn sum(&self, indicator: &str, state: &str) -> i64 {
        let states = [state.to_owned()];
        let filter = FactFilter {
            indicator: Some(indicator),
            states: Some(&states),
            campaign_id: Some(CAMPAIGN),
            ..FactFilter::default()
        };
        let everything = Actor::system(Door::Cli).scope(self.world.app.units, Action::Read);
        let sum = fact_sum(self.world.app.db.read(), &everything, &filter).await;
        sum.expect("a sum").total.unwrap_or(0)
    }

    /// An activity in the city, changed by `change`.
    pub fn activity(id: &str, kind: &str, change: Value) -> Value {
        let mut content = json!({
            "title": "Lễ ra quân Tháng vận động", "organization_id": "post", "admin_unit_id": CITY,
            "place": "Quảng trường Hồ Chí Minh", "first_day": "2022-05-08", "last_day": "2022-05-08",
        });
        for (key, value) in change.as_object().expect("an object") {
            content[key] = value.clone();
        }
        json!({ "id": id, "campaign_id": CAMPAIGN, "kind": kind, "content": content })
    }

    /// A conversation in the ward, changed by `change`.
    pub fn consultation(id: &str, change: Value) -> Value {
        let mut record = json!({
            "id": id, "organization_id": "post", "admin_unit_id": WARD, "day": "2022-05-08",
            "people": 2, "schemes": ["voluntary_si"], "outcome": "will_enroll",
        });
        merge(&mut record, &change);
        record
    }

    /// A person of the ward, changed by `change`.
    pub fn person(id: &str, change: Value) -> Value {
        let mut record = json!({
            "id": id, "admin_unit_id": WARD, "name": "Nguyễn Văn Mẫu", "birth_year": 1980,
            "national_id": "001 080 000 001", "phone": "0900 000 001",
            "consents": ["counselling", "enrollment"], "synthetic": true,
        });
        merge(&mut record, &change);
        record
    }

    /// An enrollment in the ward, changed by `change`.
    pub fn enrollment(id: &str, change: Value) -> Value {
        let mut record = json!({
            "id": id, "organization_id": "post", "admin_unit_id": WARD, "scheme": "voluntary_si",
            "day": "2022-05-08", "months": 12,
        });
        merge(&mut record, &change);
        record
    }
}

fn merge(record: &mut Value, change: &Value) {
    for (key, value) in change.as_object().expect("an object") {
        record[key] = value.clone();
    }
}

/// Nothing of the person of [`Run::person`] or the household of the stories stands in a text. The words
/// looked for are none that a random id or an instant could hold.
pub fn assert_nothing_personal(text: &str) {
    for secret in [
        "Mẫu",
        "001080000001",
        "001 080",
        "0900 000",
        "khối 3",
        "birth_year",
    ] {
        assert!(!text.contains(secret), "{secret} is told");
    }
}
