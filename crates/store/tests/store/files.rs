//! Uploaded files.

use store::StoreError;
use store::files::*;

use crate::world::World;

crate::both!(content_is_kept_once_and_read_back);

async fn content_is_kept_once_and_read_back(world: World) {
    let file = |id: &str| FileRow {
        province_id: "old-40".into(),
        id: id.into(),
        sha256: "abc".into(),
        name: "bien-ban.pdf".into(),
        media_type: "application/pdf".into(),
        size_bytes: 4,
        admin_unit_id: "old-412".into(),
        organization_id: None,
        created_by: "u".into(),
        created_at: "2022-05-08T00:00:00.000Z".into(),
    };
    let insert = |row: FileRow| {
        world.write(move |tx| {
            Box::pin(async move { file_insert(tx, &row, vec![0, 1, 254, 255]).await })
        })
    };
    insert(file("a")).await.unwrap();
    insert(file("b")).await.unwrap();
    assert!(matches!(
        insert(file("a")).await,
        Err(StoreError::Duplicate(_))
    ));
    let db = world.db.read();
    assert_eq!(file_get(db, "b").await.unwrap(), Some(file("b")));
    assert_eq!(file_get(db, "c").await.unwrap(), None);
    let wanted = ["b".to_owned(), "c".to_owned()];
    assert_eq!(file_get_many(db, &wanted).await.unwrap(), [file("b")]);
    assert!(file_get_many(db, &[]).await.unwrap().is_empty());
    assert_eq!(
        file_content_get(db, "abc").await.unwrap(),
        Some(vec![0, 1, 254, 255])
    );
    assert_eq!(file_content_get(db, "def").await.unwrap(), None);
}
