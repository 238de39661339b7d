//! What a province or district adds to the State's support: an overlay of the same form as a parameter.

use crate::parameters::read::Reader;
use crate::parameters::yaml::{self, Fault};
use crate::parameters::{Keys, Parameter, Unit};
use crate::voluntary_si::Category;

/// Local support by category, as a share of the lowest contribution.
///
/// The file has `province` (code of the province) and `area` (name of a part of it, or null) besides what a parameter
/// has; its rows are the categories of State support; a category without a row gets nothing.
#[derive(Clone, Debug)]
pub struct LocalSupport {
    /// Code of the province: `01` for Hà Nội.
    pub province: String,
    /// The part of the province it is limited to.
    pub area: Option<String>,
    /// Shares by category, dated.
    pub share: Parameter,
}

impl LocalSupport {
    /// Reads an overlay file.
    ///
    /// Errors: all faults of the file, with their lines.
    pub fn parse(id: &str, file: &str, text: &str) -> Result<LocalSupport, Vec<Fault>> {
        let node = yaml::parse(file, text).map_err(|fault| vec![fault])?;
        let id = format!("provincial_support/{id}");
        let mut reader = Reader::new(&id, file);
        let share = reader.parameter(&node, &["province", "area"]);
        let province = reader.text(&node, "province");
        let area = node.get("area").and_then(yaml::Node::as_text);
        let line = |key: &str| node.get(key).map_or(node.line, |found| found.line);
        if let Some(share) = &share {
            if share.unit != Unit::Ratio {
                reader.fault(line("unit"), "“unit” phải là ratio");
            }
            let known = Category::ALL.map(Category::as_str);
            let is_known = |word: &String| known.contains(&word.as_str());
            if !matches!(&share.keys, Keys::Words(words) if words.iter().all(is_known)) {
                let what = format!("“keys” phải là các nhóm được hỗ trợ: {}", known.join(", "));
                reader.fault(line("keys"), what);
            }
        }
        let local = share.zip(province).map(|(share, province)| LocalSupport {
            province,
            area,
            share,
        });
        reader.finish(local)
    }

    /// Whether it holds for somebody who lives there.
    pub fn covers(&self, province: &str, area: Option<&str>) -> bool {
        self.province == province && (self.area.is_none() || self.area.as_deref() == area)
    }
}
