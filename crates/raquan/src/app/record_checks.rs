//! Checks that field records share: each fault is named with what, where and how to mend it.

use domain::admin_units::UnitIx;
use domain::period::parse_date_iso;
use domain::run::codes::Scheme;
use domain::run::languages::language;
use jiff::civil::{Date, DateTime};
use store::campaigns::CampaignRow;

use super::boundaries::not_on_boundaries;
use super::{App, AppError, Fault};

/// Collects the faults of one input; `at` gives the place of a field in it.
pub(super) struct Checks<'a> {
    app: &'a App,
    prefix: String,
    faults: Vec<Fault>,
}

impl<'a> Checks<'a> {
    /// No faults yet.
    pub fn new(app: &'a App) -> Self {
        Self {
            app,
            prefix: String::new(),
            faults: Vec::new(),
        }
    }

    /// From here on fields stand below this place, e.g. `sites[3].`; empty for the input itself.
    pub fn below(&mut self, prefix: impl Into<String>) {
        self.prefix = prefix.into();
    }

    /// Adds a fault of a field.
    pub fn fault(
        &mut self,
        field: &str,
        code: &'static str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.faults.push(Fault::new(
            format!("{}{field}", self.prefix),
            code,
            message,
            fix,
        ));
    }

    /// All faults, or none.
    pub fn finish(self) -> Result<(), AppError> {
        AppError::check(self.faults)
    }

    /// An id that the client made.
    pub fn id(&mut self, field: &str, value: &str) {
        let fits = (1..=64).contains(&value.len())
            && value.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':')
            });
        if !fits {
            self.fault(
                field,
                "field.bad_id",
                format!("Mã “{value}” không hợp lệ."),
                "Dùng mã UUID do thiết bị tạo, tối đa 64 ký tự chữ, số, gạch nối.",
            );
        }
    }

    /// A text that must be there.
    pub fn required(&mut self, field: &str, value: &str, limit: usize) -> String {
        if value.trim().is_empty() {
            self.fault(
                field,
                "field.required",
                "Mục này đang để trống.",
                "Ghi nội dung của mục này.",
            );
        }
        self.text(field, value, limit)
    }

    /// A text of at most `limit` letters.
    pub fn text(&mut self, field: &str, value: &str, limit: usize) -> String {
        let length = value.chars().count();
        if length > limit {
            self.fault(
                field,
                "field.too_long",
                format!("Mục này dài {length} ký tự."),
                format!("Viết gọn trong {limit} ký tự."),
            );
        }
        value.trim().to_owned()
    }

    /// A count within bounds.
    pub fn count(&mut self, field: &str, value: i64, least: i64, most: i64) {
        if value < 0 && least >= 0 {
            self.fault(
                field,
                "field.negative",
                format!("Số {value} là số âm."),
                "Nhập số từ 0 trở lên.",
            );
        } else if !(least..=most).contains(&value) {
            self.fault(
                field,
                "field.out_of_range",
                format!(
                    "Số {} nằm ngoài khoảng cho phép.",
                    domain::vietnamese::number(value)
                ),
                format!(
                    "Nhập số từ {least} đến {}.",
                    domain::vietnamese::number(most)
                ),
            );
        }
    }

    /// A day of the calendar.
    pub fn day(&mut self, field: &str, value: &str) -> Option<Date> {
        match parse_date_iso(value) {
            Ok(day) => Some(day),
            Err(error) => {
                self.fault(
                    field,
                    "date.malformed",
                    format!("Ngày không hợp lệ: {error}."),
                    "Nhập ngày có trong lịch, dạng năm-tháng-ngày, ví dụ 2022-05-08.",
                );
                None
            }
        }
    }

    /// A day within the campaign.
    pub fn day_of_campaign(
        &mut self,
        field: &str,
        value: &str,
        campaign: &CampaignRow,
    ) -> Option<Date> {
        let day = self.day(field, value)?;
        if value < campaign.first_day.as_str() || value > campaign.last_day.as_str() {
            let shown = |text: &str| {
                parse_date_iso(text).map_or_else(|_| text.to_owned(), domain::vietnamese::date)
            };
            self.fault(
                field,
                "date.outside_campaign",
                format!("Ngày {} nằm ngoài thời gian của chiến dịch.", shown(value)),
                format!(
                    "Chọn ngày từ {} đến {}.",
                    shown(&campaign.first_day),
                    shown(&campaign.last_day)
                ),
            );
        }
        Some(day)
    }

    /// A day within the campaign that has come.
    pub fn past_day_of_campaign(
        &mut self,
        field: &str,
        value: &str,
        campaign: &CampaignRow,
    ) -> Option<Date> {
        let day = self.day_of_campaign(field, value, campaign)?;
        let today = self.app.clock.today();
        if day > today {
            self.fault(
                field,
                "date.in_future",
                format!("Ngày {} chưa đến.", domain::vietnamese::date(day)),
                format!(
                    "Chọn ngày không sau hôm nay ({}).",
                    domain::vietnamese::date(today)
                ),
            );
        }
        Some(day)
    }

    /// A local time of day, `HH:MM`.
    pub fn time(&mut self, field: &str, value: &str) {
        let fits = value.len() == 5 && value.parse::<jiff::civil::Time>().is_ok();
        if !fits {
            self.fault(
                field,
                "time.malformed",
                format!("Giờ “{value}” không hợp lệ."),
                "Nhập giờ và phút, ví dụ 07:30.",
            );
        }
    }

    /// A local instant, `YYYY-MM-DDTHH:MM`.
    pub fn instant(&mut self, field: &str, value: &str) -> Option<DateTime> {
        match local_instant(value) {
            Some(instant) => Some(instant),
            None => {
                self.fault(
                    field,
                    "time.malformed",
                    format!("Thời điểm “{value}” không hợp lệ."),
                    "Nhập ngày và giờ, ví dụ 2022-05-07T19:00.",
                );
                None
            }
        }
    }

    /// That a unit is there on the day, where both are known: what is recorded elsewhere would count nowhere.
    pub fn unit_on_day(&mut self, field: &str, unit: Option<UnitIx>, day: Option<Date>) {
        if let (Some(unit), Some(day)) = (unit, day)
            && let Some(fault) = not_on_boundaries(self.app.units, field, unit, day)
        {
            self.fault(field, fault.code, fault.message, fault.fix);
        }
    }

    /// A unit that lies in the territory of the campaign.
    pub fn unit_of_campaign(
        &mut self,
        field: &str,
        id: &str,
        campaign: &CampaignRow,
    ) -> Option<UnitIx> {
        let unit = match self.app.unit(field, id) {
            Ok(unit) => unit,
            Err(fault) => {
                self.fault(field, fault.code, fault.message, fault.fix);
                return None;
            }
        };
        let within = self
            .app
            .units
            .get(&campaign.admin_unit_id)
            .is_some_and(|whole| self.app.coverage.of(whole).contains(&unit));
        if within {
            return Some(unit);
        }
        let name = &self
            .app
            .units
            .nearest(unit, self.app.clock.today())
            .full_name;
        self.fault(
            field,
            "admin_unit.outside_campaign",
            format!("{name} không thuộc địa bàn của chiến dịch này."),
            "Chọn đơn vị hành chính nằm trong địa bàn chiến dịch.",
        );
        None
    }

    /// One of the words of a code list; `words` names them all for the fix.
    pub fn word<T: Copy>(
        &mut self,
        field: &str,
        value: &str,
        parse: impl Fn(&str) -> Option<T>,
        words: &[&str],
    ) -> Option<T> {
        let found = parse(value);
        if found.is_none() {
            self.fault(
                field,
                "field.unknown_word",
                format!("Giá trị “{value}” không có trong danh mục."),
                format!("Chọn một trong: {}.", words.join(", ")),
            );
        }
        found
    }

    /// A scheme.
    pub fn scheme(&mut self, field: &str, value: &str) -> Option<Scheme> {
        let words: Vec<&str> = Scheme::ALL.iter().map(|scheme| scheme.code()).collect();
        self.word(field, value, Scheme::from_code, &words)
    }

    /// A language tag.
    pub fn language(&mut self, field: &str, value: &str) {
        if language(value).is_none() {
            self.fault(
                field,
                "language.unknown",
                format!("Không có ngôn ngữ mã “{value}”."),
                "Dùng mã BCP 47 trong danh mục, ví dụ vi (tiếng Việt), rad (Ê Đê), cmo (M'nông).",
            );
        }
    }

    /// An organization that exists.
    pub async fn organization(&mut self, field: &str, id: &str) -> Result<(), AppError> {
        self.organizations([(field.to_owned(), id)]).await
    }

    /// Organizations that exist; each with the field that names it.
    pub async fn organizations<'b>(
        &mut self,
        wanted: impl IntoIterator<Item = (String, &'b str)>,
    ) -> Result<(), AppError> {
        let (recent, now) = (&self.app.recent.organizations, self.app.clock.now());
        let wanted: Vec<(String, &str)> = wanted
            .into_iter()
            .filter(|(_, id)| recent.get(id, now).is_none())
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut ids: Vec<String> = wanted.iter().map(|(_, id)| (*id).to_owned()).collect();
        ids.sort_unstable();
        ids.dedup();
        let found = store::organizations::organization_get_many(self.app.db.read(), &ids).await?;
        for row in &found {
            recent.put(&row.id, now, ());
        }
        for (field, id) in wanted {
            if !found.iter().any(|row| row.id == id) {
                self.fault(
                    &field,
                    "organization.unknown",
                    format!("Không có cơ quan, đơn vị mã “{id}”."),
                    "Tìm theo tên rồi chọn trong danh sách cơ quan, đơn vị.",
                );
            }
        }
        Ok(())
    }
}

/// A local instant as kept in records: `YYYY-MM-DDTHH:MM`.
pub(super) fn local_instant(text: &str) -> Option<DateTime> {
    let fixed_width = text.len() == 16 && text.as_bytes()[10] == b'T';
    if fixed_width { text.parse().ok() } else { None }
}
