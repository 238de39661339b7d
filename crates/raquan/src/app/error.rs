//! What a use case may answer instead of its result; every code of the API is made from these.

use store::StoreError;

/// One thing that is wrong with what was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: a field (`due_day`), or a place in a list (`sites[3].admin_unit_id`).
    pub field: String,
    /// Stable code, e.g. `task.due_before_start`.
    pub code: &'static str,
    /// What is wrong, in Vietnamese, with the value seen.
    pub message: String,
    /// How to mend it, in Vietnamese.
    pub fix: String,
}

impl Fault {
    /// A fault of `field`.
    pub fn new(
        field: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            code,
            message: message.into(),
            fix: fix.into(),
        }
    }
}

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nobody is signed in, or the session has ended.
    #[error("not signed in")]
    Unauthenticated {
        /// Stable code.
        code: &'static str,
        /// For people, in Vietnamese.
        message: String,
    },
    /// Known, but not allowed.
    #[error("not allowed: {action}")]
    Forbidden {
        /// What would have been needed.
        action: &'static str,
    },
    /// There is none, or the actor may not know that there is.
    #[error("there is no {entity} of this id")]
    NotFound {
        /// Kind of the record.
        entity: &'static str,
    },
    /// The input is wrong; every fault is named.
    #[error("{} faults in the input", .0.len())]
    Invalid(Vec<Fault>),
    /// The input is right but does not fit the present state.
    #[error("{code}")]
    Conflict {
        /// Stable code.
        code: &'static str,
        /// For people, in Vietnamese: what is, and what to do.
        message: String,
    },
    /// More than is accepted at once.
    #[error("{code}")]
    TooLarge {
        /// Stable code.
        code: &'static str,
        /// For people, in Vietnamese, with the limit.
        message: String,
    },
    /// Too often; try again later.
    #[error("{code}")]
    TooMany {
        /// Stable code.
        code: &'static str,
        /// For people, in Vietnamese, with the time to wait.
        message: String,
        /// Seconds to wait.
        retry_after_seconds: i64,
    },
    /// The store failed: our fault.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// Anything else that is our fault; says what was tried.
    #[error("{0}")]
    Internal(String),
}

impl AppError {
    /// One fault only.
    pub fn invalid(fault: Fault) -> Self {
        Self::Invalid(vec![fault])
    }

    /// `Ok` when there is no fault.
    pub fn check(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Self::Invalid(faults))
        }
    }

    /// The record was changed by somebody else since it was read.
    pub fn stale() -> Self {
        Self::Conflict {
            code: "record.changed_meanwhile",
            message: "Bản ghi vừa được người khác sửa. Tải lại trang rồi sửa lại.".into(),
        }
    }

    /// The id is taken by another content.
    pub fn id_taken() -> Self {
        Self::Conflict {
            code: "record.id_taken",
            message: "Mã bản ghi này đã dùng cho một nội dung khác. Tạo mã mới rồi gửi lại.".into(),
        }
    }
}
