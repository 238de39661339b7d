//! The fixed words of field records: schemes, outcomes, next steps, states, kinds of gifts.

/// Declares an enum whose values have a word in data and a Vietnamese name.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $code:literal, $vi:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item_doc])* $item,)+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$item,)+];

            /// The word in data.
            pub fn code(self) -> &'static str {
                match self { $(Self::$item => $code,)+ }
            }

            /// The Vietnamese name.
            pub fn name_vi(self) -> &'static str {
                match self { $(Self::$item => $vi,)+ }
            }

            /// The value of a word; none when there is no such word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$item),)+ _ => None }
            }
        }
    };
}

codes! {
    /// A kind of insurance that people take part in.
    Scheme {
        /// BHXH bắt buộc.
        CompulsorySi = "compulsory_si", "BHXH bắt buộc";
        /// BHXH tự nguyện.
        VoluntarySi = "voluntary_si", "BHXH tự nguyện";
        /// BHYT, all groups.
        HealthInsurance = "health_insurance", "BHYT";
        /// BHYT hộ gia đình.
        HouseholdHi = "household_hi", "BHYT hộ gia đình";
        /// BHTN.
        UnemploymentInsurance = "unemployment_insurance", "BHTN";
    }
}

codes! {
    /// How a consultation ended.
    Outcome {
        /// Signed up at once.
        Enrolled = "enrolled", "Đã đăng ký tham gia";
        /// Promised to sign up.
        WillEnroll = "will_enroll", "Hẹn tham gia";
        /// Wants to think it over.
        Considering = "considering", "Đang cân nhắc";
        /// Does not want to.
        Refused = "refused", "Chưa có nhu cầu";
        /// Takes part already.
        AlreadyEnrolled = "already_enrolled", "Đã tham gia";
        /// The law does not allow it.
        NotEligible = "not_eligible", "Không thuộc đối tượng";
        /// Was informed; no decision was asked for.
        Informed = "informed", "Đã được thông tin";
    }
}

codes! {
    /// What the counsellor does next.
    NextStep {
        /// Nothing.
        None = "none", "Không";
        /// Come again.
        VisitAgain = "visit_again", "Đến lại";
        /// Telephone.
        Call = "call", "Gọi điện";
        /// Bring the forms.
        BringPapers = "bring_papers", "Mang hồ sơ đến";
        /// Hand over to the insurance agency.
        HandOver = "hand_over", "Chuyển cơ quan BHXH";
    }
}

codes! {
    /// State of an activity.
    ActivityState {
        /// Not held yet.
        Planned = "planned", "Dự kiến";
        /// Held.
        Done = "done", "Đã thực hiện";
        /// Not held, or struck out; the record stays.
        Cancelled = "cancelled", "Đã hủy";
    }
}

codes! {
    /// State of an enrollment.
    EnrollmentState {
        /// Reported by those who won it.
        Claimed = "claimed", "Báo cáo";
        /// Found on the official list.
        Confirmed = "confirmed", "Đã xác nhận";
        /// Not counted.
        Rejected = "rejected", "Không công nhận";
    }
}

codes! {
    /// What is given to a person in hardship.
    GiftKind {
        /// A book of voluntary social insurance.
        VoluntarySiBook = "voluntary_si_book", "Sổ BHXH tự nguyện";
        /// A health-insurance card.
        HealthInsuranceCard = "health_insurance_card", "Thẻ BHYT";
    }
}

codes! {
    /// What a person allowed their data to be used for.
    ConsentPurpose {
        /// Keeping name and contact to counsel again.
        Counselling = "counselling", "Tư vấn, vận động";
        /// Handing the registration to the insurance agency.
        Enrollment = "enrollment", "Đăng ký tham gia";
        /// Receiving a gift.
        Gift = "gift", "Nhận quà tặng";
    }
}

codes! {
    /// Sex as far as it was told.
    Sex {
        /// Woman.
        Female = "female", "Nữ";
        /// Man.
        Male = "male", "Nam";
        /// Other or not told.
        Other = "other", "Khác";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_its_value() {
        for scheme in Scheme::ALL {
            assert_eq!(Scheme::from_code(scheme.code()), Some(*scheme));
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(*outcome));
        }
        assert_eq!(Scheme::from_code("pension"), None);
        assert_eq!(Scheme::HouseholdHi.name_vi(), "BHYT hộ gia đình");
    }
}
