//! Uploaded files; the content is kept once per hash.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, one};
use crate::{Args, StoreError};

/// What is known of an uploaded file.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct FileRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// UUIDv7.
    pub id: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Cleaned name.
    pub name: String,
    /// Media type, from the list of accepted ones.
    pub media_type: String,
    /// Size of the content.
    pub size_bytes: i64,
    /// Unit it belongs to.
    pub admin_unit_id: String,
    /// Organization it belongs to.
    pub organization_id: Option<String>,
    /// Who uploaded it.
    pub created_by: String,
    /// When.
    pub created_at: String,
}

const COLUMNS: &str = "province_id, id, sha256, name, media_type, size_bytes, admin_unit_id, \
     organization_id, created_by, created_at";

/// Writes a file and, unless the same content is there already, its content.
pub async fn file_insert(
    db: &impl ConnectionTrait,
    row: &FileRow,
    content: Vec<u8>,
) -> Result<(), StoreError> {
    execute(
        db,
        "insert into file_content (sha256, content) values ($1, $2) on conflict do nothing",
        Args::new().text(&row.sha256).bytes(content),
    )
    .await?;
    execute(
        db,
        format!("insert into file ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        Args::new()
            .text(&row.province_id)
            .text(&row.id)
            .text(&row.sha256)
            .text(&row.name)
            .text(&row.media_type)
            .int(row.size_bytes)
            .text(&row.admin_unit_id)
            .maybe(row.organization_id.as_deref())
            .text(&row.created_by)
            .text(&row.created_at),
    )
    .await?;
    Ok(())
}

/// One file by its id, without the content.
pub async fn file_get(db: &impl ConnectionTrait, id: &str) -> Result<Option<FileRow>, StoreError> {
    one(
        db,
        format!("select {COLUMNS} from file where id = $1"),
        Args::new().text(id),
    )
    .await
}

/// Several files by their ids, in no order, without the content.
pub async fn file_get_many(
    db: &impl ConnectionTrait,
    ids: &[String],
) -> Result<Vec<FileRow>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut args = Args::new();
        let list = args.list(chunk);
        let text = format!("select {COLUMNS} from file where id in ({list})");
        found.extend(all::<FileRow>(db, text, args).await?);
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Content {
    content: Vec<u8>,
}

/// The content of a file by its hash.
pub async fn file_content_get(
    db: &impl ConnectionTrait,
    sha256: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    let found: Option<Content> = one(
        db,
        "select content from file_content where sha256 = $1",
        Args::new().text(sha256),
    )
    .await?;
    Ok(found.map(|row| row.content))
}
