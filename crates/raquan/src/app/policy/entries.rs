//! What the law leaves open: the fund's monthly return, and what provinces add. Every version is kept and readable.

use jiff::civil::Date;
use policy::parameters::LocalSupport;
use policy::{Month, Rate};
use serde::Serialize;
use store::law::{self as rows, FundReturnRow, LocalSupportRow};

use super::in_force::support_id;
use crate::app::{Action, Actor, App, AppError, COUNTRY, Fault, Operation, Place, Written};

/// Longest file of local support, in bytes.
const MOST_BYTES: usize = 64 << 10;

/// A monthly return of the fund as published.
#[derive(Debug, Clone, Serialize)]
pub struct FundReturnSet {
    /// First month of payments, `2026-01`.
    pub from_month: String,
    /// Per month, `0.0031` or `0.31%`.
    pub monthly_rate: String,
    /// Number of the letter that published it.
    pub document_number: String,
    /// What to know about it.
    pub note: Option<String>,
}

/// What a province adds, as a file.
#[derive(Debug, Clone, Serialize)]
pub struct LocalSupportSet {
    /// The province.
    pub admin_unit_id: String,
    /// Number of the resolution.
    pub document_number: String,
    /// A parameter file with `province` and `area`.
    pub content: String,
}

/// All versions of all returns, by month and version.
pub async fn fund_return_list(app: &App) -> Result<Vec<FundReturnRow>, AppError> {
    Ok(rows::fund_return_list(app.db.read()).await?)
}

/// Enters or corrects a return; quotes use it at once. The same again changes nothing.
///
/// Errors: no right over the whole country; a month, a rate or a document number that is none.
pub async fn fund_return_set(
    app: &App,
    actor: &Actor,
    input: FundReturnSet,
) -> Result<FundReturnRow, AppError> {
    let place = Place {
        unit: None,
        organizations: &[],
    };
    actor.require(Action::LawWrite, place, "fund_return")?;
    let mut row = checked(app, actor, &input)?;
    let operation = Operation::new(COUNTRY, "fund_return_set", "fund_return");
    let written = app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let before = rows::fund_return_get(tx, &row.from_month).await?;
            if let Some(before) = before {
                let same = before.monthly_rate == row.monthly_rate
                    && before.document_number == row.document_number
                    && before.note == row.note;
                if same {
                    return Ok(Written::repeated(before));
                }
                row.version = before.version + 1;
            }
            if !rows::fund_return_insert(tx, &row).await? {
                return Err(AppError::stale());
            }
            let after = serde_json::json!({
                "version": row.version, "monthly_rate": row.monthly_rate,
                "document_number": row.document_number, "note": row.note,
            });
            let id = row.from_month.clone();
            Ok(Written::new(row, id).after(after))
        })
    });
    let written = written.await?;
    app.law.catch_up(&app.db).await?;
    Ok(written)
}

fn checked(app: &App, actor: &Actor, input: &FundReturnSet) -> Result<FundReturnRow, AppError> {
    let mut faults = Vec::new();
    let from = input.from_month.parse::<Month>();
    if let Err(error) = &from {
        faults.push(Fault::new(
            "from_month",
            "fund_return.month_malformed",
            format!("{error}."),
            "Ghi tháng đầu tiên áp dụng, như 2026-01.",
        ));
    }
    let rate = input.monthly_rate.parse::<Rate>().ok();
    let most = Rate::new(1, 10).expect("is a fraction");
    let rate = rate.filter(|rate| Rate::ZERO <= *rate && *rate <= most);
    if rate.is_none() {
        faults.push(Fault::new(
            "monthly_rate",
            "fund_return.rate_unusable",
            format!(
                "“{}” không phải là lãi suất mỗi tháng từ 0 đến 10%.",
                input.monthly_rate
            ),
            "Ghi số thập phân như 0.0031 hoặc 0.31%.",
        ));
    }
    let document_number = document(&input.document_number, &mut faults);
    AppError::check(faults)?;
    Ok(FundReturnRow {
        from_month: input.from_month.clone(),
        version: 1,
        monthly_rate: rate.map(|rate| rate.to_string()).unwrap_or_default(),
        document_number,
        note: input.note.clone().filter(|note| !note.trim().is_empty()),
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
    })
}

fn document(text: &str, faults: &mut Vec<Fault>) -> String {
    let text = text.trim();
    if text.is_empty() {
        faults.push(Fault::new(
            "document_number",
            "law_entry.document_missing",
            "Chưa ghi số văn bản.",
            "Ghi số văn bản công bố, vì mọi kết quả sẽ dẫn văn bản này.",
        ));
    }
    text.to_owned()
}

/// All versions of what all provinces add, by province, area and version.
pub async fn local_support_list(app: &App) -> Result<Vec<LocalSupportRow>, AppError> {
    Ok(rows::local_support_list(app.db.read()).await?)
}

/// Enters or corrects what a province or a part of it adds; quotes use it at once. The same again changes nothing.
///
/// Errors: no right over the province; every fault of the file with its line.
pub async fn local_support_set(
    app: &App,
    actor: &Actor,
    input: LocalSupportSet,
) -> Result<LocalSupportRow, AppError> {
    let unit = app
        .unit("admin_unit_id", &input.admin_unit_id)
        .map_err(AppError::invalid)?;
    let place = Place {
        unit: Some(unit),
        organizations: &[],
    };
    actor.require(Action::LawWrite, place, "admin_unit")?;
    let mut faults = Vec::new();
    let document_number = document(&input.document_number, &mut faults);
    let area = area_of_file(app, &input, app.clock.today(), &mut faults);
    AppError::check(faults)?;
    let mut row = LocalSupportRow {
        province_id: input.admin_unit_id,
        area,
        version: 1,
        document_number,
        content: input.content,
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
    };
    let operation = Operation::new(&row.province_id, "local_support_set", "local_support");
    let written = app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let before = rows::local_support_get(tx, &row.province_id, &row.area).await?;
            if let Some(before) = before {
                let same =
                    before.content == row.content && before.document_number == row.document_number;
                if same {
                    return Ok(Written::repeated(before));
                }
                row.version = before.version + 1;
            }
            if !rows::local_support_insert(tx, &row).await? {
                return Err(AppError::stale());
            }
            let after = serde_json::json!({
                "version": row.version, "document_number": row.document_number,
                "content": row.content,
            });
            let id = support_id(&row.province_id, &row.area);
            Ok(Written::new(row, id).after(after))
        })
    });
    let written = written.await?;
    app.law.catch_up(&app.db).await?;
    Ok(written)
}

/// The part of the province that the file is for; empty for all of it.
fn area_of_file(
    app: &App,
    input: &LocalSupportSet,
    today: Date,
    faults: &mut Vec<Fault>,
) -> String {
    if input.content.len() > MOST_BYTES {
        faults.push(Fault::new(
            "content",
            "local_support.too_long",
            format!("Tệp dài quá {} KB.", MOST_BYTES >> 10),
            "Chỉ để lại các mức hỗ trợ.",
        ));
        return String::new();
    }
    let code = app.units.get(&input.admin_unit_id);
    let code = code.filter(|unit| app.units.province_nearest(*unit, today) == *unit);
    let code = code.map(|unit| app.units.nearest(unit, today).code.to_string());
    if code.is_none() {
        faults.push(Fault::new(
            "admin_unit_id",
            "local_support.no_province",
            format!("“{}” không phải là tỉnh, thành phố.", input.admin_unit_id),
            "Chọn tỉnh, thành phố ban hành mức hỗ trợ.",
        ));
    }
    match LocalSupport::parse(&input.admin_unit_id, "", &input.content) {
        Ok(local) => {
            if let Some(code) = code.filter(|code| *code != local.province) {
                faults.push(Fault::new(
                    "content",
                    "local_support.other_province",
                    format!(
                        "Tệp ghi province “{}”, nhưng mã của đơn vị này là “{code}”.",
                        local.province
                    ),
                    "Ghi đúng mã của tỉnh, thành phố.",
                ));
            }
            local.area.unwrap_or_default()
        }
        Err(found) => {
            faults.extend(found.into_iter().map(|fault| {
                Fault::new(
                    format!("content:{}", fault.line),
                    "local_support.file",
                    format!("Dòng {}: {}.", fault.line, fault.what),
                    "Sửa dòng này rồi gửi lại cả tệp.",
                )
            }));
            String::new()
        }
    }
}
