//! What kind of file some bytes are, told by their content; and the guard against archives that unpack without end.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::file_faults::FileFault;
use super::sheet::Limits;

/// The two kinds of file that are read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Container {
    /// An XLSX workbook, unpacked once within the limits.
    Workbook,
    /// Anything that may be text.
    Text,
}

/// Tells what the bytes are, or why they cannot be read.
pub(super) fn container(bytes: &[u8], limits: &Limits) -> Result<Container, FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    let size = bytes.len() as u64;
    if size > limits.bytes {
        return Err(FileFault::TooManyBytes {
            size,
            limit: limits.bytes,
        });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes, limits);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(compound(bytes));
    }
    let start = &bytes[..bytes.len().min(1024)];
    let wrong = |kind, kind_vi| Err(FileFault::WrongKind { kind, kind_vi });
    if start.starts_with(b"%PDF-") {
        return wrong("a PDF document", "tài liệu PDF");
    }
    if start.starts_with(b"\x89PNG")
        || start.starts_with(b"\xff\xd8\xff")
        || start.starts_with(b"GIF8")
    {
        return wrong("a picture", "hình ảnh");
    }
    if start.starts_with(b"{\\rtf") {
        return wrong("a text document (.rtf)", "văn bản .rtf");
    }
    if start.starts_with(b"Rar!")
        || start.starts_with(b"7z\xbc\xaf")
        || start.starts_with(b"\x1f\x8b")
    {
        return wrong("a packed archive", "tệp nén");
    }
    let text = String::from_utf8_lossy(start)
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_ascii_lowercase();
    if ["<!doctype html", "<html", "<table", "<?xml"]
        .iter()
        .any(|tag| text.starts_with(tag))
    {
        return wrong(
            "a web page or XML under the name of a table",
            "trang web hoặc XML mang tên bảng tính",
        );
    }
    Ok(Container::Text)
}

fn archive(bytes: &[u8], limits: &Limits) -> Result<Container, FileFault> {
    let damaged = |_| FileFault::Damaged {
        place: "zip".to_owned(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    let wrong = |kind, kind_vi| Err(FileFault::WrongKind { kind, kind_vi });
    if has("word/document.xml") {
        return wrong("a text document (.docx)", "văn bản .docx");
    }
    if has("ppt/presentation.xml") {
        return wrong("a presentation (.pptx)", "trình chiếu .pptx");
    }
    if has("xl/workbook.bin") {
        return wrong("a binary workbook (.xlsb)", "sổ bảng tính nhị phân .xlsb");
    }
    if has("mimetype") && has("content.xml") {
        return wrong("an OpenDocument file (.ods)", "tệp OpenDocument .ods");
    }
    if !has("xl/workbook.xml") {
        return Err(FileFault::ZipWithoutWorkbook);
    }
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let name = entry.name().unwrap_or_default().to_ascii_lowercase();
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        // The size an archive states may be a lie; only unpacking tells.
        let unpacked =
            std::io::copy(&mut entry.take(left + 1), &mut std::io::sink()).map_err(|_| {
                FileFault::Damaged {
                    place: name.clone(),
                }
            })?;
        left = left
            .checked_sub(unpacked)
            .ok_or(FileFault::TooLargeUnpacked {
                limit: limits.unpacked_bytes,
            })?;
    }
    Ok(Container::Workbook)
}

/// Old binary Office files and encrypted new ones share a container, whose directory names its streams in UTF-16.
fn compound(bytes: &[u8]) -> FileFault {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        FileFault::PasswordProtected
    } else if holds("WordDocument") {
        FileFault::WrongKind {
            kind: "an old text document (.doc)",
            kind_vi: "văn bản .doc đời cũ",
        }
    } else {
        FileFault::WrongKind {
            kind: "an old binary workbook (.xls)",
            kind_vi: "sổ bảng tính .xls đời cũ",
        }
    }
}
