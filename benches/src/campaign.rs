//! The campaign that servers are measured with: its organization, its communes, conversations in it.

use domain::admin_units::AdminUnits;
use raquan::clock::Clock;
use serde_json::{Value, json};

use crate::Dice;
use crate::servers::Server;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Id of the campaign.
pub const CAMPAIGN: &str = "nghe-an-2022";
/// Id of the organization that counsels.
pub const ORGANIZATION: &str = "bhxh-nghe-an";
/// Id of the province, Nghệ An until 2025.
pub const PROVINCE: &str = "old-40";

/// Makes the organization and the campaign, and starts it.
pub async fn prepare(server: &Server) -> Result<()> {
    let organization = json!({ "id": ORGANIZATION, "kind": "social_insurance",
        "name": "Bảo hiểm xã hội tỉnh Nghệ An", "admin_unit_id": PROVINCE });
    server
        .call("POST", "/api/v1/organizations", &organization)
        .await?;
    let campaign = json!({ "id": CAMPAIGN, "name": "Tháng vận động 2022", "admin_unit_id": PROVINCE,
        "organization_id": ORGANIZATION, "first_day": "2022-05-01", "last_day": "2022-05-31" });
    server.call("POST", "/api/v1/campaigns", &campaign).await?;
    Ok(())
}

/// The province's communes.
pub fn communes() -> Result<Vec<String>> {
    let units = AdminUnits::embedded();
    let day = jiff::civil::date(2022, 5, 8);
    let province = units.get(PROVINCE).ok_or("no such province")?;
    let districts = units.children(province, day);
    let communes = districts
        .into_iter()
        .flat_map(|district| units.children(district, day));
    Ok(communes.map(|unit| units.id(unit).to_owned()).collect())
}

/// Where and when a team holds its conversations: what it sends together is of one commune and one day.
#[derive(Clone, Copy, Debug)]
pub struct Round<'a> {
    commune: &'a str,
    day: i8,
}

impl<'a> Round<'a> {
    /// Anywhere, on the day of the launch, on which most records of a campaign come in.
    pub fn of_launch(dice: &mut Dice, communes: &'a [String]) -> Round<'a> {
        Round {
            commune: &communes[dice.below(communes.len())],
            day: 8,
        }
    }

    /// Anywhere, on any day of the campaign.
    pub fn any(dice: &mut Dice, communes: &'a [String]) -> Round<'a> {
        Round {
            day: 1 + dice.below(31) as i8,
            ..Round::of_launch(dice, communes)
        }
    }

    /// A conversation of about 500 bytes, with an id of the client.
    pub fn consultation(&self, clock: &Clock, dice: &mut Dice) -> Value {
        const OUTCOMES: [&str; 3] = ["will_enroll", "considering", "informed"];
        json!({
            "id": clock.new_id(),
            "organization_id": ORGANIZATION,
            "admin_unit_id": self.commune,
            "place": format!("Nhà văn hóa xóm {}", 1 + dice.below(30)),
            "day": format!("2022-05-{:02}", self.day),
            "people": 1 + dice.below(4),
            "schemes": ["voluntary_si"],
            "outcome": OUTCOMES[dice.below(OUTCOMES.len())],
            "note": format!("gặp tại nhà, hẹn nói thêm về hồ sơ số {:06}", dice.below(1_000_000)),
        })
    }
}
