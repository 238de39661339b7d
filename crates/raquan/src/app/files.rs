//! Uploaded files: what is accepted, under which name it is kept, who may read it.

use store::files::{self as rows, FileRow};
use store::imports;

use super::tasks::task_visible;
use super::{Action, Actor, App, AppError, Fault, Place};

/// A file as it came in.
#[derive(Debug, Clone)]
pub struct FileUpload {
    /// Name given by the sender; not trusted.
    pub name: String,
    /// Content.
    pub content: Vec<u8>,
}

/// A file that may be kept.
#[derive(Debug, Clone)]
pub struct CheckedFile {
    /// Cleaned name with the ending of its type.
    pub name: String,
    /// Type, told from the content.
    pub media_type: &'static str,
    /// Content.
    pub content: Vec<u8>,
}

/// A kind of file that is accepted: its media type, ending, and how it begins.
struct FileKind {
    media_type: &'static str,
    ending: &'static str,
    begins: &'static [(usize, &'static [u8])],
}

const ZIP: &[(usize, &[u8])] = &[(0, b"PK\x03\x04")];
const KINDS: [FileKind; 8] = [
    FileKind {
        media_type: "application/pdf",
        ending: "pdf",
        begins: &[(0, b"%PDF-")],
    },
    FileKind {
        media_type: "image/jpeg",
        ending: "jpg",
        begins: &[(0, b"\xff\xd8\xff")],
    },
    FileKind {
        media_type: "image/png",
        ending: "png",
        begins: &[(0, b"\x89PNG\r\n\x1a\n")],
    },
    FileKind {
        media_type: "image/webp",
        ending: "webp",
        begins: &[(0, b"RIFF"), (8, b"WEBP")],
    },
    FileKind {
        media_type: "video/mp4",
        ending: "mp4",
        begins: &[(4, b"ftyp")],
    },
    FileKind {
        media_type: "audio/mpeg",
        ending: "mp3",
        begins: &[(0, b"ID3")],
    },
    FileKind {
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ending: "docx",
        begins: ZIP,
    },
    FileKind {
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ending: "xlsx",
        begins: ZIP,
    },
];

/// Checks size and type, and cleans the name.
pub fn checked(app: &App, upload: FileUpload) -> Result<CheckedFile, AppError> {
    let limit = app.config.limits.upload_bytes;
    if upload.content.len() > limit {
        return Err(AppError::TooLarge {
            code: "file.too_large",
            message: format!(
                "Tệp lớn hơn mức cho phép ({} MB). Giảm kích thước ảnh hoặc chia nhỏ rồi gửi lại.",
                limit / (1 << 20)
            ),
        });
    }
    if upload.content.is_empty() {
        return Err(AppError::invalid(Fault::new(
            "file",
            "file.empty",
            "Tệp rỗng (0 byte).",
            "Chọn lại tệp; nếu tệp trên máy cũng rỗng thì xuất lại từ chương trình gốc.",
        )));
    }
    let Some(kind) = kind_of(&upload.name, &upload.content) else {
        return Err(AppError::invalid(Fault::new(
            "file",
            "file.unknown_type",
            "Loại tệp này không được nhận.",
            "Gửi tệp PDF, ảnh (JPG, PNG, WebP), Word (.docx), Excel (.xlsx), MP4 hoặc MP3.",
        )));
    };
    let name = clean_name(&upload.name, kind.ending);
    Ok(CheckedFile {
        name,
        media_type: kind.media_type,
        content: upload.content,
    })
}

/// The kind of a file by its content; of two office formats, which begin alike, by its name.
fn kind_of(name: &str, content: &[u8]) -> Option<&'static FileKind> {
    let mut fitting = KINDS.iter().filter(|kind| {
        kind.begins.iter().all(|(at, bytes)| {
            content
                .get(*at..at + bytes.len())
                .is_some_and(|found| found == *bytes)
        })
    });
    let first = fitting.next()?;
    if !std::ptr::eq(first.begins, ZIP) {
        return Some(first);
    }
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    std::iter::once(first)
        .chain(fitting)
        .find(|kind| ending.as_deref() == Some(kind.ending))
}

/// A name without folders, control letters and what file systems refuse, at most 120 letters, with
/// the ending of its type.
pub(super) fn clean_name(name: &str, ending: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let refused = |c: char| {
        c.is_control()
            || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | ';' | '%')
            // Letters that turn the direction of writing can hide a name's true ending.
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let kept: String = stem.chars().filter(|c| !refused(*c)).take(120).collect();
    let kept = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    format!("{}.{ending}", if kept.is_empty() { "tep" } else { kept })
}

/// A file with its content, when the actor may know of it: who may see the task that it is evidence
/// of, or the unit that it belongs to.
pub async fn file_get(app: &App, actor: &Actor, id: &str) -> Result<(FileRow, Vec<u8>), AppError> {
    let missing = AppError::NotFound { entity: "file" };
    let Some(row) = rows::file_get(app.db.read(), id).await? else {
        return Err(missing);
    };
    let task = store::tasks::task_get_of_file(app.db.read(), &row.province_id, &row.id).await?;
    if task.is_none() && imports::import_is_of_file(app.db.read(), &row.province_id, id).await? {
        // An import's table may hold names of people: it is shown by the import alone.
        return Err(missing);
    }
    let is_visible = match task {
        Some(task) => task_visible(app, actor, &task.id).await.is_ok(),
        None => {
            let organizations = [row.organization_id.as_deref().unwrap_or_default()];
            let unit = app.units.get(&row.admin_unit_id);
            actor.may(
                Action::Read,
                Place {
                    unit,
                    organizations: &organizations,
                },
            )
        }
    };
    if !is_visible {
        return Err(missing);
    }
    let content = rows::file_content_get(app.db.read(), &row.sha256)
        .await?
        .ok_or_else(|| AppError::Internal(format!("file {id} has no content")))?;
    Ok((row, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_told_from_the_content() {
        let kind = |name, content: &[u8]| kind_of(name, content).map(|kind| kind.media_type);
        assert_eq!(kind("a.exe", b"%PDF-1.7 x"), Some("application/pdf"));
        assert_eq!(kind("a.pdf", b"MZ\x90\x00"), None);
        assert_eq!(kind("a.svg", b"<svg onload=alert(1)>"), None);
        assert_eq!(kind("a.webp", b"RIFF\0\0\0\0WAVE"), None);
        assert_eq!(kind("a.zip", b"PK\x03\x04rest"), None);
        assert!(kind("a.XLSX", b"PK\x03\x04rest").is_some_and(|kind| kind.contains("sheet")));
        assert!(kind("a.docx", b"PK\x03\x04rest").is_some_and(|kind| kind.contains("word")));
    }

    #[test]
    fn names_are_cleaned() {
        let check = |name, expected: &str| assert_eq!(clean_name(name, "jpg"), expected);
        check("Ảnh hội nghị.JPG", "Ảnh hội nghị.jpg");
        check("../../etc/passwd", "passwd.jpg");
        check("C:\\Users\\an\\anh 1.png", "anh 1.jpg");
        check("\u{202e}gpj.exe", "gpj.jpg");
        check("a\r\nSet-Cookie: x.jpg", "aSet-Cookie x.jpg");
        check("...", "tep.jpg");
        check("", "tep.jpg");
        assert_eq!(clean_name(&"ă".repeat(500), "jpg").chars().count(), 124);
    }
}
