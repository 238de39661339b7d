//! Why a whole file cannot be read as a table, with a text that says how to mend it.

/// Why a whole file cannot be read. `Display` is the English text; [`FileFault::message_vi`] the Vietnamese one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[expect(
    missing_docs,
    reason = "each variant's text says what it means and how to mend it"
)]
pub enum FileFault {
    #[error("the file is empty (0 bytes); save it again with its data and upload it once more")]
    Empty,
    #[error("the file has {size} bytes, more than {limit} allowed; split it into smaller files")]
    TooManyBytes { size: u64, limit: u64 },
    #[error(
        "unpacked, the file has more than {limit} bytes; remove pictures and unused sheets, or split it"
    )]
    TooLargeUnpacked { limit: u64 },
    #[error("the table has more than {limit} rows; split it into smaller files")]
    TooManyRows { limit: u32 },
    #[error(
        "the table has a cell in column {column}, beyond the {limit} columns allowed; delete what is not needed"
    )]
    TooManyColumns { column: String, limit: u16 },
    #[error("the file is {kind}, not a table; save it as .xlsx or .csv and upload that")]
    WrongKind {
        kind: &'static str,
        kind_vi: &'static str,
    },
    #[error(
        "the file is a zip archive without a workbook; unpack it and upload the .xlsx or .csv inside"
    )]
    ZipWithoutWorkbook,
    #[error(
        "the workbook is protected by a password; remove the password (File, Info) and upload it again"
    )]
    PasswordProtected,
    #[error(
        "the workbook is damaged ({place}); open it in a spreadsheet program, save it anew as .xlsx, and upload that"
    )]
    Damaged { place: String },
    #[error(
        "the file is no valid {encoding} text from line {line} on; save it as “CSV UTF-8” and upload that"
    )]
    EncodingInvalid { encoding: &'static str, line: u32 },
    #[error(
        "a quoted cell begins on line {line} and never ends; close the quote (\") or remove it"
    )]
    QuoteUnclosed { line: u32 },
    #[error(
        "no header row with the columns {wanted} in the first 15 rows{looked_en}; name the columns as in the template"
    )]
    NoHeader {
        wanted: String,
        looked_vi: String,
        looked_en: String,
    },
    #[error(
        "there is a header on line {line} but no row below it; fill in the data and upload it again"
    )]
    HeaderOnly { line: u32 },
}

impl FileFault {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FileFault::Empty => "file.empty",
            FileFault::TooManyBytes { .. } => "file.too_many_bytes",
            FileFault::TooLargeUnpacked { .. } => "file.too_large_unpacked",
            FileFault::TooManyRows { .. } => "file.too_many_rows",
            FileFault::TooManyColumns { .. } => "file.too_many_columns",
            FileFault::WrongKind { .. } => "file.wrong_kind",
            FileFault::ZipWithoutWorkbook => "file.zip_without_workbook",
            FileFault::PasswordProtected => "file.password_protected",
            FileFault::Damaged { .. } => "file.damaged",
            FileFault::EncodingInvalid { .. } => "file.encoding_invalid",
            FileFault::QuoteUnclosed { .. } => "file.quote_unclosed",
            FileFault::NoHeader { .. } => "file.no_header",
            FileFault::HeaderOnly { .. } => "file.header_only",
        }
    }

    /// What is wrong, where, and how to mend it, in Vietnamese.
    pub fn message_vi(&self) -> String {
        match self {
            FileFault::Empty => "Tệp rỗng (0 byte); hãy lưu lại tệp có dữ liệu rồi tải lên lần nữa".to_owned(),
            FileFault::TooManyBytes { size, limit } => {
                format!("Tệp có {size} byte, quá mức cho phép {limit} byte; hãy chia thành nhiều tệp nhỏ hơn")
            }
            FileFault::TooLargeUnpacked { limit } => {
                format!("Tệp khi giải nén vượt quá {limit} byte; hãy bỏ hình ảnh, trang tính thừa hoặc chia nhỏ tệp")
            }
            FileFault::TooManyRows { limit } => {
                format!("Bảng có quá {limit} dòng; hãy chia thành nhiều tệp nhỏ hơn")
            }
            FileFault::TooManyColumns { column, limit } => {
                format!("Bảng có ô ở cột {column}, quá {limit} cột cho phép; hãy xóa phần không cần")
            }
            FileFault::WrongKind { kind_vi, .. } => {
                format!("Tệp là {kind_vi}, không đọc được; hãy lưu lại thành .xlsx hoặc .csv rồi tải lên")
            }
            FileFault::ZipWithoutWorkbook => {
                "Tệp nén không chứa sổ bảng tính; hãy giải nén rồi tải lên tệp .xlsx hoặc .csv bên trong".to_owned()
            }
            FileFault::PasswordProtected => {
                "Sổ bảng tính có mật khẩu; hãy bỏ mật khẩu (Tệp, Thông tin) rồi tải lên lại".to_owned()
            }
            FileFault::Damaged { place } => format!(
                "Sổ bảng tính bị hỏng ({place}); hãy mở bằng phần mềm bảng tính, lưu lại thành .xlsx rồi tải lên"
            ),
            FileFault::EncodingInvalid { encoding, line } => format!(
                "Từ dòng {line}, tệp không đúng bảng mã {encoding}; hãy lưu lại dạng “CSV UTF-8” rồi tải lên"
            ),
            FileFault::QuoteUnclosed { line } => {
                format!("Ô mở ngoặc kép ở dòng {line} không được đóng; hãy thêm dấu \" ở cuối ô hoặc bỏ dấu \" ở đầu ô")
            }
            FileFault::NoHeader { wanted, looked_vi, .. } => format!(
                "Không thấy dòng tiêu đề có các cột {wanted} trong 15 dòng đầu{looked_vi}; hãy đặt tên cột theo mẫu"
            ),
            FileFault::HeaderOnly { line } => {
                format!("Chỉ có dòng tiêu đề (dòng {line}), bên dưới không có dữ liệu; hãy điền dữ liệu rồi tải lên lại")
            }
        }
    }
}
