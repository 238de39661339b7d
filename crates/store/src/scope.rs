//! What a reader may see, as a condition of SQL.

use crate::Args;

/// The rows that a reader may see; made by the application from the reader's roles.
///
/// A row is visible when its province is among `provinces`, or its unit among `units`, or its
/// organization among `organizations`. `Scope::everything` has no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// No limit at all: the whole country.
    pub all: bool,
    /// Provinces seen as a whole.
    pub provinces: Vec<String>,
    /// Units below a province, with all the units of other dates that they came from.
    pub units: Vec<String>,
    /// Organizations whose rows are seen wherever they are.
    pub organizations: Vec<String>,
}

impl Scope {
    /// Sees every row.
    pub fn everything() -> Self {
        Self {
            all: true,
            ..Self::default()
        }
    }

    /// The condition over the columns `province_id`, `unit_column` and `organization_columns`.
    ///
    /// Always a closed expression, `true` when there is no limit and `false` when nothing is seen.
    pub fn condition(
        &self,
        args: &mut Args,
        table: &str,
        unit_column: &str,
        organization_columns: &[&str],
    ) -> String {
        if self.all {
            return "true".to_owned();
        }
        let mut parts = Vec::new();
        if !self.provinces.is_empty() {
            parts.push(format!(
                "{table}.province_id in ({})",
                args.list(&self.provinces)
            ));
        }
        if !self.units.is_empty() {
            parts.push(format!(
                "{table}.{unit_column} in ({})",
                args.list(&self.units)
            ));
        }
        if !self.organizations.is_empty() {
            for column in organization_columns {
                parts.push(format!(
                    "{table}.{column} in ({})",
                    args.list(&self.organizations)
                ));
            }
        }
        if parts.is_empty() {
            "false".to_owned()
        } else {
            format!("({})", parts.join(" or "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_granted_sees_nothing() {
        let mut args = Args::new();
        assert_eq!(
            Scope::default().condition(&mut args, "t", "admin_unit_id", &[]),
            "false"
        );
        assert_eq!(
            Scope::everything().condition(&mut args, "t", "admin_unit_id", &[]),
            "true"
        );
        assert!(args.is_empty());
    }

    #[test]
    fn parts_are_joined_by_or() {
        let scope = Scope {
            provinces: vec!["old-40".into()],
            organizations: vec!["a".into(), "b".into()],
            ..Scope::default()
        };
        let mut args = Args::new().text("first");
        assert_eq!(
            scope.condition(
                &mut args,
                "task",
                "admin_unit_id",
                &["lead_organization_id"]
            ),
            "(task.province_id in ($2) or task.lead_organization_id in ($3, $4))"
        );
    }
}
