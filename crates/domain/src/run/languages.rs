//! The languages that people are spoken to in, as BCP 47 tags.

/// A language: tag, Vietnamese name, English name.
pub type Language = (&'static str, &'static str, &'static str);

/// The languages that records may name: those of Vietnam's peoples that are broadcast in, and English.
pub const LANGUAGES: [Language; 28] = [
    ("bdq", "Ba Na", "Bahnar"),
    ("blt", "Thái Đen", "Tai Dam"),
    ("bru", "Bru - Vân Kiều", "Bru"),
    ("cja", "Chăm (Tây)", "Western Cham"),
    ("cjm", "Chăm (Đông)", "Eastern Cham"),
    ("cma", "Mạ", "Maa"),
    ("cmo", "M'nông", "Central Mnong"),
    ("ctu", "Cơ Tu", "Katu"),
    ("en", "Anh", "English"),
    ("hmn", "Mông", "Hmong"),
    ("hni", "Hà Nhì", "Hani"),
    ("hre", "Hrê", "Hre"),
    ("ium", "Dao", "Iu Mien"),
    ("jeh", "Giẻ Triêng", "Jeh"),
    ("jra", "Gia Rai", "Jarai"),
    ("km", "Khmer", "Khmer"),
    ("kpm", "Cơ Ho", "Koho"),
    ("mtq", "Mường", "Muong"),
    ("nut", "Nùng", "Nung"),
    ("rad", "Ê Đê", "Rade"),
    ("rgs", "Ra Glai (Nam)", "Southern Roglai"),
    ("rog", "Ra Glai (Bắc)", "Northern Roglai"),
    ("sed", "Xơ Đăng", "Sedang"),
    ("sti", "Xtiêng", "Stieng"),
    ("twh", "Thái Trắng", "Tai Don"),
    ("tyz", "Tày", "Tay"),
    ("vi", "Tiếng Việt", "Vietnamese"),
    ("zh", "Hoa", "Chinese"),
];

/// The language of a tag; none when the tag is not known here.
pub fn language(tag: &str) -> Option<&'static Language> {
    LANGUAGES
        .binary_search_by(|(known, ..)| (*known).cmp(tag))
        .ok()
        .map(|at| &LANGUAGES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_of_the_campaigns_are_known_and_each_is_found() {
        for tag in ["vi", "rad", "cmo"] {
            assert!(language(tag).is_some(), "{tag}");
        }
        for known in LANGUAGES {
            assert_eq!(language(known.0), Some(&known));
        }
        assert_eq!(language("ede"), None);
        assert_eq!(language("VI"), None);
    }
}
