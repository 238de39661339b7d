//! What field records name, looked up together.

use store::activities::{activity_insert, activity_retire};
use store::people::{household_insert, person_insert};
use store::references::*;
use store::teams::team_insert_many;

use crate::activities::{activity, team};
use crate::field_records::{household, person};
use crate::world::World;

crate::both!(what_is_there_is_found_with_what_it_belongs_to);

async fn what_is_there_is_found_with_what_it_belongs_to(world: World) {
    world
        .write(|tx| {
            Box::pin(async move {
                activity_insert(tx, &activity("a")).await?;
                activity_retire(tx, "old-40", "a", 1).await?;
                let mut second = activity("a");
                second.version = 2;
                second.kind = "parade".into();
                activity_insert(tx, &second).await?;
                team_insert_many(tx, &[team("t")]).await?;
                household_insert(tx, &household("h")).await?;
                person_insert(tx, &person("p", "1")).await
            })
        })
        .await
        .unwrap();
    let db = world.db.read();
    let found = async |ids: ReferenceIds, province: &str| {
        let mut found = reference_list(db, province, &ids).await.unwrap();
        found.sort_by(|one, other| one.entity.cmp(&other.entity));
        found
    };
    let ids = |wanted: &[&str]| wanted.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let all = ReferenceIds {
        activities: ids(&["a", "none"]),
        teams: ids(&["t", "none"]),
        households: ids(&["h", "none"]),
        people: ids(&["p", "none"]),
    };
    let row = |entity: &str, id: &str| ReferenceRow {
        entity: entity.into(),
        id: id.into(),
        admin_unit_id: "old-412".into(),
        campaign_id: None,
        activity_id: None,
        kind: None,
    };
    let expected = [
        ReferenceRow {
            campaign_id: Some("c".into()),
            kind: Some("parade".into()),
            ..row("activity", "a")
        },
        row("household", "h"),
        row("person", "p"),
        ReferenceRow {
            campaign_id: Some("c".into()),
            activity_id: Some("a".into()),
            ..row("team", "t")
        },
    ];
    assert_eq!(found(all.clone(), "old-40").await, expected);
    // A team is looked for in one province only.
    assert_eq!(found(all, "old-66").await, expected[..3]);
    let people = ReferenceIds {
        people: ids(&["p"]),
        ..ReferenceIds::default()
    };
    assert_eq!(found(people, "old-40").await, [row("person", "p")]);
    assert!(found(ReferenceIds::default(), "old-40").await.is_empty());
}
