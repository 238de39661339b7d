//! The files that are compiled in: one list, checked against the folders by a test.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::parameters::{Fault, LocalSupport, Parameter};

/// Names and texts of files of a folder.
macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../", $folder, "/", $name, ".yaml")))),+]
    };
}

const PARAMETERS: &[(&str, &str)] = files!["parameters":
    "base/base_salary",
    "base/rural_poverty_line",
    "coefficients/compulsory_before_2008",
    "coefficients/from_2008",
    "compulsory/accident_rate",
    "compulsory/health_rate",
    "compulsory/household_business_rate",
    "compulsory/household_business_rechoice_months",
    "compulsory/missing_months_at_once",
    "compulsory/retirement_rate",
    "compulsory/sickness_rate",
    "compulsory/unemployment_ceiling_multiple",
    "compulsory/unemployment_rate",
    "compulsory/wage_limits",
    "death/funeral_minimum_months",
    "death/funeral_multiple",
    "death/lump_sum_mixed_minimum",
    "death/lump_sum_months_per_year",
    "death/lump_sum_pensioner",
    "death/lump_sum_short_period_cap",
    "death/lump_sum_short_period_months",
    "death/monthly_survivors_compulsory_years",
    "health_insurance/benefit_level",
    "health_insurance/benefit_level_commune",
    "health_insurance/cheap_visit_share",
    "health_insurance/consecutive_gap_months",
    "health_insurance/consecutive_years",
    "health_insurance/five_years_copayment_multiple",
    "health_insurance/outside_registered_place",
    "health_insurance/support_max_months",
    "health_insurance/support_rate",
    "household_hi/contribution_rate",
    "household_hi/first_card_months",
    "household_hi/gap_months",
    "household_hi/member_share",
    "household_hi/not_repriced",
    "household_hi/periods",
    "household_hi/waiting_days",
    "late_payment/criminal_threshold",
    "late_payment/daily_rate",
    "late_payment/deadline_months",
    "late_payment/evasion_days",
    "late_payment/fine_maximum",
    "late_payment/fine_organization_multiple",
    "late_payment/fine_rate",
    "late_payment/old_interest_multiple",
    "late_payment/registration_days",
    "late_payment/reminder_days",
    "maternity/allowance",
    "maternity/condition_months",
    "maternity/days",
    "maternity/foetus_weeks",
    "monthly_allowance/funeral_minimum_months",
    "monthly_allowance/minimum_months",
    "monthly_allowance/months_of_income_per_year",
    "pension/base_rate",
    "pension/coefficient_bought_months",
    "pension/early_reduction",
    "pension/half_year_odd_months",
    "pension/maximum_rate",
    "pension/men_under_20_years",
    "pension/minimum_pension_compulsory_years",
    "pension/minimum_years",
    "pension/one_time_allowance_factor",
    "pension/one_time_allowance_years",
    "pension/rate_per_further_year",
    "pension/treaty_rate_per_year",
    "pension/years_at_45_percent",
    "retirees/health_insurance",
    "retirement/age_men",
    "retirement/age_men_by_birth_month",
    "retirement/age_women",
    "retirement/age_women_by_birth_month",
    "retirement/compulsory_years_for_compulsory_rules",
    "retirement/early_by_capacity_loss",
    "retirement/retained_age",
    "retirement/retained_age_minimum_years",
    "retirement/unknown_birthday_year_after",
    "social_pension/age",
    "social_pension/amount",
    "social_pension/older_people_age",
    "social_pension/older_people_allowance",
    "voluntary_si/block_months",
    "voluntary_si/contribution_rate",
    "voluntary_si/deadline_month",
    "voluntary_si/fund_return",
    "voluntary_si/income_ceiling_multiple",
    "voluntary_si/income_step",
    "voluntary_si/late_make_up",
    "voluntary_si/minimum_age",
    "voluntary_si/missing_period_max_months",
    "voluntary_si/missing_period_months_before_age",
    "voluntary_si/prepaid_years",
    "voluntary_si/support_max_months",
    "voluntary_si/support_rate",
    "withdrawal/capacity_loss_percent",
    "withdrawal/months_of_income_per_year",
    "withdrawal/pensioner_abroad",
    "withdrawal/serious_diseases",
    "withdrawal/short_period",
    "withdrawal/stopped_paying",
    "withdrawal/support_deducted",
];

const PROVINCIAL_SUPPORT: &[(&str, &str)] = files!["provincial_support":
    "ha_noi",
    "ha_noi_long_bien",
];

/// All parameters of the law, by id.
#[derive(Clone, Debug)]
pub struct Parameters {
    by_id: BTreeMap<String, Arc<Parameter>>,
}

impl Parameters {
    /// Those that are compiled in.
    pub fn embedded() -> &'static Parameters {
        static EMBEDDED: OnceLock<Parameters> = OnceLock::new();
        EMBEDDED.get_or_init(|| {
            let files = PARAMETERS.iter().map(|(id, text)| (*id, *text));
            Parameters::parse(files).expect("the compiled-in files are read by a test")
        })
    }

    /// Reads files given as id and text.
    ///
    /// Errors: all faults of all files.
    pub fn parse<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Parameters, Vec<Fault>> {
        let mut by_id = BTreeMap::new();
        let mut faults = Vec::new();
        for (id, text) in files {
            match Parameter::parse(id, &format!("parameters/{id}.yaml"), text) {
                Ok(parameter) => {
                    by_id.insert(id.to_owned(), Arc::new(parameter));
                }
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() {
            Ok(Parameters { by_id })
        } else {
            Err(faults)
        }
    }

    /// All, in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Parameter> {
        self.by_id.values().map(Arc::as_ref)
    }

    /// The parameter of an id, if there is one.
    pub fn find(&self, id: &str) -> Option<&Parameter> {
        self.by_id.get(id).map(Arc::as_ref)
    }

    /// With another parameter in the place of that with the same id.
    #[must_use]
    pub fn with(mut self, parameter: Parameter) -> Parameters {
        self.by_id.insert(parameter.id.clone(), Arc::new(parameter));
        self
    }

    /// The parameter that a formula names.
    ///
    /// Panics if there is no such file: formulas name compiled-in files, and each formula is run by a test.
    pub fn get(&self, id: &str) -> &Parameter {
        self.find(id)
            .unwrap_or_else(|| panic!("no parameter file {id}"))
    }
}

/// The provincial overlays that are compiled in.
pub(super) fn provincial_support() -> Vec<LocalSupport> {
    let read = |(id, text): &(&str, &str)| {
        LocalSupport::parse(id, &format!("provincial_support/{id}.yaml"), text)
    };
    let all: Result<Vec<LocalSupport>, Vec<Fault>> = PROVINCIAL_SUPPORT.iter().map(read).collect();
    all.expect("the compiled-in files are read by a test")
}

/// Version of the rules: that of the crate, for the formulas, and a digest of all compiled-in values.
pub fn rules_version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let mut digest = Sha256::new();
        for (id, text) in PARAMETERS.iter().chain(PROVINCIAL_SUPPORT) {
            digest.update(id.as_bytes());
            digest.update([0]);
            digest.update(text.as_bytes());
            digest.update([0]);
        }
        let hex: String = digest
            .finalize()
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{}-{hex}", env!("CARGO_PKG_VERSION"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Ids of all files below a folder of the crate.
    fn ids_below(folder: &str) -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut waiting = vec![root.clone()];
        let mut ids = Vec::new();
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                waiting.extend(
                    std::fs::read_dir(&path)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
            } else {
                let inside = path.strip_prefix(&root).unwrap().to_str().unwrap();
                ids.push(
                    inside
                        .strip_suffix(".yaml")
                        .expect("only .yaml files")
                        .to_owned(),
                );
            }
        }
        ids.sort();
        ids
    }

    #[test]
    fn every_file_of_the_folders_is_in_the_list() {
        for (folder, files) in [
            ("parameters", PARAMETERS),
            ("provincial_support", PROVINCIAL_SUPPORT),
        ] {
            let listed: Vec<String> = files.iter().map(|(id, _)| (*id).to_owned()).collect();
            assert_eq!(
                listed,
                ids_below(folder),
                "the list of {folder} must be complete and sorted"
            );
        }
    }

    #[test]
    fn every_file_is_read_without_fault() {
        let faults = Parameters::parse(PARAMETERS.iter().copied())
            .err()
            .unwrap_or_default();
        let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
        assert!(!provincial_support().is_empty());
    }

    #[test]
    fn the_version_names_crate_and_values() {
        let version = rules_version();
        assert!(version.starts_with(env!("CARGO_PKG_VERSION")));
        assert_eq!(version.len(), env!("CARGO_PKG_VERSION").len() + 13);
    }
}
