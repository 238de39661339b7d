//! The categories of people by which the State supports.

use serde::{Deserialize, Serialize};

use crate::trace::Value;

/// A category of State support.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Hộ nghèo.
    Poor,
    /// Sinh sống tại xã đảo, đặc khu; a category of its own from 2025-07-01.
    IslandCommune,
    /// Hộ cận nghèo.
    NearPoor,
    /// Người dân tộc thiểu số; a category of its own from 2025-07-01.
    EthnicMinority,
    /// Người tham gia khác.
    Other,
}

impl Category {
    /// All, in the order of the law.
    pub const ALL: [Category; 5] = [
        Category::Poor,
        Category::IslandCommune,
        Category::NearPoor,
        Category::EthnicMinority,
        Category::Other,
    ];

    /// The word of the parameter files and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Poor => "poor",
            Category::IslandCommune => "island_commune",
            Category::NearPoor => "near_poor",
            Category::EthnicMinority => "ethnic_minority",
            Category::Other => "other",
        }
    }
}

impl From<Category> for Value {
    fn from(category: Category) -> Value {
        match category {
            Category::Poor => Value::Word("hộ nghèo", "poor household"),
            Category::IslandCommune => {
                Value::Word("xã đảo, đặc khu", "island commune or special zone")
            }
            Category::NearPoor => Value::Word("hộ cận nghèo", "near-poor household"),
            Category::EthnicMinority => Value::Word("người dân tộc thiểu số", "ethnic minority"),
            Category::Other => Value::Word("đối tượng khác", "other"),
        }
    }
}

/// The categories a person is in, as a list; everybody is at least in "other".
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Deserialize)]
#[serde(from = "Vec<Category>")]
pub struct Categories {
    bits: u8,
}

impl Categories {
    /// Whether the person is in the category.
    #[inline]
    pub fn contains(self, category: Category) -> bool {
        category == Category::Other || self.bits & (1 << category as u8) != 0
    }

    /// For an array with one place for each combination, so that a batch does not choose anew for each person.
    #[inline]
    pub(crate) fn index(self) -> usize {
        usize::from(self.bits & 0b1111)
    }

    /// All combinations, in the order of [`Categories::index`].
    pub(crate) fn combinations() -> [Categories; 16] {
        std::array::from_fn(|bits| Categories { bits: bits as u8 })
    }
}

impl From<Vec<Category>> for Categories {
    fn from(categories: Vec<Category>) -> Categories {
        let bits = categories
            .into_iter()
            .filter(|category| *category != Category::Other);
        Categories {
            bits: bits.fold(0, |bits, category| bits | 1 << category as u8),
        }
    }
}

impl From<Category> for Categories {
    fn from(category: Category) -> Categories {
        Categories::from(vec![category])
    }
}
