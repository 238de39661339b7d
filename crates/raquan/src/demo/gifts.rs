//! Gifts: pledged by donors, given to synthetic persons.

use domain::admin_units::Level;

use super::files::CampaignFiles;
use super::places::{Places, split, unit_weights};
use super::timeline::{Timeline, Turn, day_between};
use super::{DemoError, system};
use crate::app::gifts::{GiftGive, GiftPledgeCreate, gift_give, gift_pledge_create};
use crate::app::people::{PersonCreate, person_create};

/// Plans the pledges and gifts of a campaign.
pub fn load(
    files: &CampaignFiles,
    places: &Places,
    timeline: &mut Timeline,
) -> Result<(), DemoError> {
    let campaign = &files.campaign;
    let districts = places.of_level(Level::District);
    for text in &files.activities.gifts {
        let actor = system(Some(&text.organization));
        let pledged = files.total(&text.pledged).map_err(DemoError::Files)?;
        let pledge = GiftPledgeCreate {
            id: text.id.clone(),
            donor_organization_id: None,
            donor_name: text.donor_name.clone(),
            gift_kind: text.gift_kind.clone(),
            quantity: pledged.value,
            amount_vnd: None,
            admin_unit_id: campaign.unit.clone(),
            day: text.pledge_day.to_string(),
        };
        let (by, id) = (actor.clone(), campaign.id.clone());
        let at = text.pledge_day.at(10, 0, 0, 0);
        timeline.add(at, Turn::Activity, text.id.clone(), move |app| {
            Box::pin(async move { gift_pledge_create(app, &by, &id, pledge).await.map(|_| ()) })
        });
        let given = files.total(&text.given).map_err(DemoError::Files)?;
        let count = usize::try_from(given.value).unwrap_or(0);
        let parts = split(given.value, &unit_weights(given.split, &districts));
        let mut number = 0;
        for (communes, part) in places.communes.iter().zip(parts) {
            for turn in 0..usize::try_from(part).unwrap_or(0) {
                let commune = &communes[turn % communes.len()];
                let day = day_between(text.first_day, text.last_day, number, count);
                number += 1;
                let person = PersonCreate {
                    id: format!("{}-nm-{number:04}", text.id),
                    household_id: None,
                    admin_unit_id: commune.id.clone(),
                    name: format!("Người mẫu nhận quà {number:04}"),
                    birth_year: Some(1950 + i64::try_from(number * 11 % 50).unwrap_or(0)),
                    sex: None,
                    phone: None,
                    national_id: None,
                    consents: vec!["gift".into()],
                    synthetic: true,
                };
                let gift = GiftGive {
                    id: format!("{}-{number:04}", text.id),
                    pledge_id: text.id.clone(),
                    person_id: person.id.clone(),
                    day: day.to_string(),
                };
                let (by, id, at) = (actor.clone(), campaign.id.clone(), day.at(15, 0, 0, 0));
                timeline.add(at, Turn::Person, gift.id.clone(), move |app| {
                    Box::pin(async move {
                        person_create(app, &by, person).await?;
                        gift_give(app, &by, &id, gift).await.map(|_| ())
                    })
                });
            }
        }
    }
    Ok(())
}
