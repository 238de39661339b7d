//! The units of a campaign on its first day, and texts that name them.

use domain::admin_units::{AdminUnits, Level, UnitIx};
use domain::targets::spread;
use jiff::civil::Date;

use super::files::SplitBy;

/// A unit as a campaign sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Id.
    pub id: String,
    /// Official code.
    pub code: String,
    /// Level.
    pub level: Level,
    /// Type and proper name within a sentence, "thành phố Vinh".
    pub name: String,
    /// Communes in it; one for a commune.
    pub communes: u64,
}

/// The units of a province on a day.
#[derive(Debug, Clone)]
pub struct Places {
    /// The province.
    pub province: Place,
    /// Its districts, by code; none since 2025-07-01.
    pub districts: Vec<Place>,
    /// Communes of each district, by code.
    pub communes: Vec<Vec<Place>>,
}

impl Places {
    /// The units below `province` on a day. A province without districts has its communes as one group.
    pub fn new(units: &AdminUnits, province: UnitIx, on: Date) -> Self {
        let of_level = |above: UnitIx, level: Level| -> Vec<(UnitIx, Place)> {
            let mut found: Vec<_> = units
                .children(above, on)
                .into_iter()
                .filter(|unit| units.nearest(*unit, on).level == level)
                .map(|unit| (unit, place(units, unit, on)))
                .collect();
            found.sort_by(|a, b| a.1.code.cmp(&b.1.code));
            found
        };
        let below = |above: UnitIx| -> Vec<Place> {
            of_level(above, Level::Commune)
                .into_iter()
                .map(|(_, place)| place)
                .collect()
        };
        let districts = of_level(province, Level::District);
        let mut communes: Vec<Vec<Place>> =
            districts.iter().map(|(unit, _)| below(*unit)).collect();
        if districts.is_empty() {
            communes.push(below(province));
        }
        Self {
            province: place(units, province, on),
            districts: districts.into_iter().map(|(_, place)| place).collect(),
            communes,
        }
    }

    /// All units of a level, by district and code.
    pub fn of_level(&self, level: Level) -> Vec<&Place> {
        match level {
            Level::Province => vec![&self.province],
            Level::District => self.districts.iter().collect(),
            Level::Commune => self.communes.iter().flatten().collect(),
        }
    }
}

fn place(units: &AdminUnits, unit: UnitIx, on: Date) -> Place {
    let row = units.nearest(unit, on);
    Place {
        id: units.id(unit).to_owned(),
        code: row.code.to_string(),
        level: row.level,
        name: in_sentence(&row.full_name),
        communes: units.communes(unit, on).len() as u64,
    }
}

/// A full name within a sentence: the type in small letters.
fn in_sentence(full_name: &str) -> String {
    let mut letters = full_name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// A text that begins a line: its first letter is a capital.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// `template` with `{unit}` and `{code}` of a unit, beginning with a capital.
pub fn about(template: &str, place: &Place) -> String {
    capitalized(
        &template
            .replace("{unit}", &place.name)
            .replace("{code}", &place.code),
    )
}

/// An id with the code or the id of a unit.
pub fn id_at(template: &str, place: &Place) -> String {
    template
        .replace("{code}", &place.code)
        .replace("{unit_id}", &place.id)
}

/// The parts of a total by weights, adding up to it. Without a weight above zero there are no parts.
pub fn split(total: i64, weights: &[u64]) -> Vec<i64> {
    spread(total, weights).unwrap_or_default()
}

/// Varies a weight by a number: between 80 and 120 hundredths.
fn varied(number: u64) -> u64 {
    80 + (37 * number) % 41
}

/// The weights of units.
pub fn unit_weights(by: SplitBy, places: &[&Place]) -> Vec<u64> {
    places
        .iter()
        .zip(1..)
        .map(|(place, number)| match by {
            SplitBy::Even | SplitBy::Sum => 1,
            SplitBy::Communes => place.communes,
            SplitBy::VariedCommunes => {
                place.communes * varied(place.code.parse().unwrap_or(number))
            }
            SplitBy::Varied => varied(number),
        })
        .collect()
}

/// The weights of `count` numbered parts.
pub fn number_weights(by: SplitBy, count: usize) -> Vec<u64> {
    (1..)
        .take(count)
        .map(|number| match by {
            SplitBy::Varied => varied(number),
            _ => 1,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn nghe_an() -> Places {
        let units = AdminUnits::embedded();
        Places::new(
            units,
            units.get("old-40").expect("Nghệ An"),
            date(2022, 5, 8),
        )
    }

    #[test]
    fn the_units_are_those_of_the_day() {
        let places = nghe_an();
        assert_eq!(places.districts.len(), 21);
        assert_eq!(places.of_level(Level::Commune).len(), 460);
        assert_eq!(places.districts[0].name, "thành phố Vinh");
        assert_eq!(places.province.communes, 460);
        let units = AdminUnits::embedded();
        let now = Places::new(
            units,
            units.get("new-40").expect("Nghệ An"),
            date(2026, 1, 1),
        );
        assert_eq!(
            (now.districts.len(), now.of_level(Level::Commune).len()),
            (0, 130)
        );
    }

    #[test]
    fn names_fit_into_sentences_and_begin_lines() {
        let places = nghe_an();
        assert_eq!(
            about("Bảo hiểm xã hội {unit}", &places.districts[1]),
            "Bảo hiểm xã hội thị xã Cửa Lò"
        );
        assert_eq!(about("{unit}", &places.districts[0]), "Thành phố Vinh");
        assert_eq!(id_at("na-bhxh-{code}", &places.districts[0]), "na-bhxh-412");
    }

    proptest! {
        /// Whatever the total and the rule: the parts of the districts add up to it.
        #[test]
        fn every_split_of_a_total_adds_up(total in 0i64..10_000_000, rule in 0usize..4) {
            let rules = [SplitBy::Even, SplitBy::Communes, SplitBy::VariedCommunes, SplitBy::Varied];
            let places = nghe_an();
            let districts = places.of_level(Level::District);
            let parts = split(total, &unit_weights(rules[rule], &districts));
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            let numbered = split(total, &number_weights(rules[rule], 345));
            prop_assert_eq!(numbered.iter().sum::<i64>(), total);
        }
    }
}
