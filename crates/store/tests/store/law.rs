//! Returns of the fund and local support: every version is kept, the highest holds.

use store::law::*;

use crate::world::World;

crate::both!(
    returns_keep_their_versions,
    local_support_keeps_its_versions
);

fn fund_return(from_month: &str, version: i64, rate: &str) -> FundReturnRow {
    FundReturnRow {
        from_month: from_month.into(),
        version,
        monthly_rate: rate.into(),
        document_number: "151/BHXH-ĐTQ".into(),
        note: (version > 1).then(|| "đính chính".into()),
        recorded_at: "2026-01-12T00:00:00.000Z".into(),
        recorded_by: None,
    }
}

async fn returns_keep_their_versions(world: World) {
    let rows = [
        fund_return("2026-01", 1, "0.0031"),
        fund_return("2026-01", 2, "0.0032"),
        fund_return("2025-01", 1, "0.003"),
    ];
    for row in rows.clone() {
        let written = world
            .write(move |tx| Box::pin(async move { fund_return_insert(tx, &row).await }))
            .await;
        assert!(written.unwrap());
    }
    let again = fund_return("2026-01", 2, "0.9");
    let written = world
        .write(move |tx| Box::pin(async move { fund_return_insert(tx, &again).await }))
        .await;
    assert!(!written.unwrap());
    let db = world.db.read();
    let [first, second, early] = rows;
    assert_eq!(
        fund_return_get(db, "2026-01").await.unwrap(),
        Some(second.clone())
    );
    assert_eq!(fund_return_get(db, "2027-01").await.unwrap(), None);
    assert_eq!(fund_return_list(db).await.unwrap(), [early, first, second]);
    assert_eq!(law_entry_count(db).await.unwrap(), 3);
}

async fn local_support_keeps_its_versions(world: World) {
    let row = |area: &str, version, content: &str| LocalSupportRow {
        province_id: "new-40".into(),
        area: area.into(),
        version,
        document_number: "12/2025/NQ-HĐND".into(),
        content: content.into(),
        recorded_at: "2026-01-12T00:00:00.000Z".into(),
        recorded_by: None,
    };
    let rows = [row("", 1, "a"), row("", 2, "b"), row("Phường X", 1, "c")];
    for row in rows.clone() {
        let written = world
            .write(move |tx| Box::pin(async move { local_support_insert(tx, &row).await }))
            .await;
        assert!(written.unwrap());
    }
    let db = world.db.read();
    let get = async |area| local_support_get(db, "new-40", area).await.unwrap();
    assert_eq!(get("").await, Some(rows[1].clone()));
    assert_eq!(get("Phường X").await, Some(rows[2].clone()));
    assert_eq!(get("Phường Y").await, None);
    assert_eq!(local_support_list(db).await.unwrap(), rows);
    assert_eq!(law_entry_count(db).await.unwrap(), 3);
}
