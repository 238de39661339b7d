//! Tasks: what may happen to one in which state, how a tree of them stands, whether it is in danger,
//! and when the tasks below are due.

mod cascade;
mod risk;
mod standing;

pub use cascade::{CascadeRule, due_before};
pub use risk::{Risk, RiskKind, risk};
pub use standing::{EventState, Standing, TaskOn, fold, standings};

/// How a task is finished.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum TaskKind {
    /// Work that is reported, submitted and reviewed.
    Do,
    /// Something to be passed on and understood: finished with the acknowledgement
    /// "đã phổ biến, quán triệt".
    Inform,
}

impl TaskKind {
    /// The word of the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Do => "do",
            Self::Inform => "inform",
        }
    }

    /// The kind of the given word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Do, Self::Inform]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// Where a task stands.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum TaskState {
    /// Handed out.
    New,
    /// Received and understood.
    Acknowledged,
    /// Under way.
    InProgress,
    /// Reported as finished; waits for review.
    Submitted,
    /// Returned with a reason; counts as not done.
    Returned,
    /// Done.
    Accepted,
    /// No longer wanted.
    Cancelled,
}

impl TaskState {
    /// All states, in the order of a task's life.
    pub const ALL: [TaskState; 7] = [
        Self::New,
        Self::Acknowledged,
        Self::InProgress,
        Self::Submitted,
        Self::Returned,
        Self::Accepted,
        Self::Cancelled,
    ];

    /// The word of the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Acknowledged => "acknowledged",
            Self::InProgress => "in_progress",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of the given word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// For people.
    pub fn name_vi(self) -> &'static str {
        match self {
            Self::New => "mới giao",
            Self::Acknowledged => "đã tiếp nhận",
            Self::InProgress => "đang thực hiện",
            Self::Submitted => "chờ duyệt",
            Self::Returned => "bị trả lại",
            Self::Accepted => "hoàn thành",
            Self::Cancelled => "đã hủy",
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Accepted | Self::Cancelled)
    }
}

/// What can happen to a task.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum TaskEventKind {
    /// It was handed out.
    Created,
    /// Its lead has received it; for the kind `inform`: has passed it on.
    Acknowledged,
    /// Its lead reported how far it is.
    Progressed,
    /// Its lead reported it as finished.
    Submitted,
    /// The reviewer took the work.
    Accepted,
    /// The reviewer returned the work with a reason.
    Returned,
    /// It was urged (đôn đốc).
    Urged,
    /// Another organization or person has it now.
    HandedOver,
    /// It is no longer wanted.
    Cancelled,
    /// It is to be done (again).
    Reopened,
}

impl TaskEventKind {
    /// All kinds.
    pub const ALL: [TaskEventKind; 10] = [
        Self::Created,
        Self::Acknowledged,
        Self::Progressed,
        Self::Submitted,
        Self::Accepted,
        Self::Returned,
        Self::Urged,
        Self::HandedOver,
        Self::Cancelled,
        Self::Reopened,
    ];

    /// The word of the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Acknowledged => "acknowledged",
            Self::Progressed => "progressed",
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Urged => "urged",
            Self::HandedOver => "handed_over",
            Self::Cancelled => "cancelled",
            Self::Reopened => "reopened",
        }
    }

    /// The kind of the given word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// For people: what one wants to do.
    pub fn name_vi(self) -> &'static str {
        match self {
            Self::Created => "giao nhiệm vụ",
            Self::Acknowledged => "tiếp nhận",
            Self::Progressed => "báo cáo tiến độ",
            Self::Submitted => "báo cáo hoàn thành",
            Self::Accepted => "duyệt",
            Self::Returned => "trả lại",
            Self::Urged => "đôn đốc",
            Self::HandedOver => "bàn giao",
            Self::Cancelled => "hủy",
            Self::Reopened => "mở lại",
        }
    }
}

/// What decides whether something may happen to a task.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct TaskNow {
    /// How it is finished.
    pub kind: TaskKind,
    /// Where it stands.
    pub state: TaskState,
    /// Whether tasks were made from it, which then make its progress.
    pub has_children: bool,
}

/// Why something may not happen to a task.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum StepError {
    /// Not in this state.
    #[error("không thể {} khi nhiệm vụ đang ở trạng thái “{}”", .event.name_vi(), .state.name_vi())]
    WrongState {
        /// What was wanted.
        event: TaskEventKind,
        /// Where the task stands.
        state: TaskState,
    },
    /// Its progress is that of the tasks below.
    #[error("tiến độ của nhiệm vụ này được tính từ các nhiệm vụ cấp dưới, không báo cáo riêng")]
    ProgressFromChildren,
    /// A task of the kind `inform` has no percent.
    #[error(
        "nhiệm vụ phổ biến, quán triệt hoàn thành khi xác nhận “đã phổ biến, quán triệt”, không báo cáo phần trăm"
    )]
    NoProgress,
}

/// The state of a task after something has happened to it, or why it may not happen.
pub fn step(now: TaskNow, event: TaskEventKind) -> Result<TaskState, StepError> {
    use TaskEventKind as E;
    use TaskState as S;
    let state = now.state;
    let by_word = now.kind == TaskKind::Inform && !now.has_children;
    let after = match (event, state) {
        (E::Created, S::New) => S::New,
        (E::Acknowledged, S::New | S::Acknowledged | S::Returned) if by_word => S::Accepted,
        (E::Acknowledged, S::New) => S::Acknowledged,
        (E::Progressed | E::Submitted, _) if by_word => return Err(StepError::NoProgress),
        (E::Progressed, _) if now.has_children => return Err(StepError::ProgressFromChildren),
        (E::Progressed, S::Acknowledged | S::InProgress | S::Returned) => S::InProgress,
        (E::Submitted, S::Acknowledged | S::InProgress | S::Returned) => S::Submitted,
        (E::Accepted, S::Submitted) => S::Accepted,
        (E::Returned, S::Submitted) => S::Returned,
        (E::Returned, S::Accepted) if by_word => S::Returned,
        (E::Urged, S::New | S::Acknowledged | S::InProgress | S::Returned) => state,
        (E::HandedOver, _) if state.is_open() => state,
        (E::Cancelled, _) if state.is_open() => S::Cancelled,
        (E::Reopened, S::Accepted) if !by_word => S::InProgress,
        (E::Reopened, S::Accepted | S::Cancelled) => S::New,
        _ => return Err(StepError::WrongState { event, state }),
    };
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::TaskEventKind as E;
    use super::TaskState as S;
    use super::*;
    use proptest::prelude::*;

    fn walk(kind: TaskKind, has_children: bool, events: &[E]) -> Result<S, StepError> {
        let mut state = S::New;
        for event in events {
            state = step(
                TaskNow {
                    kind,
                    state,
                    has_children,
                },
                *event,
            )?;
        }
        Ok(state)
    }

    #[test]
    fn work_goes_from_handed_out_to_accepted() {
        let life = [E::Acknowledged, E::Progressed, E::Submitted, E::Accepted];
        assert_eq!(walk(TaskKind::Do, false, &life), Ok(S::Accepted));
        let returned = [
            E::Acknowledged,
            E::Submitted,
            E::Returned,
            E::Progressed,
            E::Submitted,
            E::Accepted,
        ];
        assert_eq!(walk(TaskKind::Do, false, &returned), Ok(S::Accepted));
        assert_eq!(
            walk(TaskKind::Do, false, &[E::Cancelled, E::Reopened]),
            Ok(S::New)
        );
        let reopened = [E::Acknowledged, E::Submitted, E::Accepted, E::Reopened];
        assert_eq!(walk(TaskKind::Do, false, &reopened), Ok(S::InProgress));
    }

    #[test]
    fn informing_is_done_by_saying_so_and_may_be_returned() {
        let inform = |events: &[E]| walk(TaskKind::Inform, false, events);
        assert_eq!(inform(&[E::Acknowledged]), Ok(S::Accepted));
        assert_eq!(inform(&[E::Acknowledged, E::Returned]), Ok(S::Returned));
        assert_eq!(
            inform(&[E::Acknowledged, E::Returned, E::Acknowledged]),
            Ok(S::Accepted)
        );
        assert_eq!(inform(&[E::Acknowledged, E::Reopened]), Ok(S::New));
        assert_eq!(inform(&[E::Progressed]), Err(StepError::NoProgress));
    }

    #[test]
    fn a_task_with_tasks_below_is_submitted_like_any_other_but_has_no_own_percent() {
        let above = |events: &[E]| walk(TaskKind::Inform, true, events);
        assert_eq!(above(&[E::Acknowledged]), Ok(S::Acknowledged));
        assert_eq!(
            above(&[E::Acknowledged, E::Progressed]),
            Err(StepError::ProgressFromChildren)
        );
        assert_eq!(
            above(&[E::Acknowledged, E::Submitted, E::Accepted]),
            Ok(S::Accepted)
        );
    }

    #[test]
    fn the_refusal_names_the_state() {
        let refused = walk(TaskKind::Do, false, &[E::Accepted]).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "không thể duyệt khi nhiệm vụ đang ở trạng thái “mới giao”"
        );
    }

    #[test]
    fn words_are_read_back() {
        for state in S::ALL {
            assert_eq!(S::parse(state.as_str()), Some(state));
        }
        for kind in E::ALL {
            assert_eq!(E::parse(kind.as_str()), Some(kind));
        }
        for kind in [TaskKind::Do, TaskKind::Inform] {
            assert_eq!(TaskKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(TaskKind::parse("watch"), None);
    }

    proptest! {
        /// Whatever is tried in whatever order: done only by acceptance or by the word of the lead,
        /// and what is closed is only reopened or returned.
        #[test]
        fn nothing_is_done_by_accident(
            inform: bool,
            has_children: bool,
            tries in proptest::collection::vec(0usize..E::ALL.len(), 0..40),
        ) {
            let kind = if inform { TaskKind::Inform } else { TaskKind::Do };
            let mut state = S::New;
            for event in tries.into_iter().map(|index| E::ALL[index]) {
                let Ok(after) = step(TaskNow { kind, state, has_children }, event) else { continue };
                if after == S::Accepted && state != S::Accepted {
                    let by_word = inform && !has_children && event == E::Acknowledged;
                    prop_assert!(event == E::Accepted || by_word);
                }
                if !state.is_open() && after != state {
                    prop_assert!(matches!(event, E::Reopened | E::Returned));
                }
                state = after;
            }
        }
    }
}
