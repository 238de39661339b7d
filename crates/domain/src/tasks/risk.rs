//! Whether a task is in danger before its last day, and why, in words and numbers.

use jiff::civil::Date;

use super::{Standing, TaskOn, TaskState};
use crate::vietnamese;

/// So many points of percent may the work lag behind the time gone.
const LAG_POINTS: i64 = 20;
/// When so much of the time is gone, a task should have been received.
const UNACKNOWLEDGED_PERCENT: i64 = 50;
/// A task due in so many days that is not finished is due soon.
const DUE_SOON_DAYS: i64 = 3;

/// Why a task needs a look; the worse later.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum RiskKind {
    /// Due in a few days, all well so far.
    DueSoon,
    /// Half of the time is gone, and it has not even been received.
    NotAcknowledged,
    /// The work lags behind the time gone.
    Behind,
    /// Its last day has passed.
    Late,
}

impl RiskKind {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DueSoon => "due_soon",
            Self::NotAcknowledged => "not_acknowledged",
            Self::Behind => "behind",
            Self::Late => "late",
        }
    }

    /// Whether the task is at risk of not being done in time. What is late is beyond risk.
    pub fn is_at_risk(self) -> bool {
        matches!(self, Self::NotAcknowledged | Self::Behind)
    }
}

/// The danger a task is in, explained.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Risk {
    /// Why.
    pub kind: RiskKind,
    /// Percent of the time between first and last day that is gone, at most 100.
    pub time_percent: i64,
    /// Percent of the tasks at the bottom that are done.
    pub done_percent: i64,
    /// Days until the last day; negative when it has passed.
    pub days_left: i64,
    /// The whole sentence, in Vietnamese.
    pub explanation: String,
}

/// Looks whether `task`, which stands as `standing` at the end of `on`, needs a look.
///
/// None when it is closed, or when all is well. `noun` is what the tasks at the bottom are counted in: "xã", "huyện",
/// "đơn vị".
pub fn risk(task: &TaskOn, standing: &Standing, on: Date, noun: &str) -> Option<Risk> {
    if !task.state.is_open() {
        return None;
    }
    let time_percent = time_percent(task, on);
    let done_percent = percent(standing.leaves_done, standing.leaves);
    let days_left = days_between(on, task.due_day);
    let kind = if days_left < 0 {
        RiskKind::Late
    } else if on < task.first_day {
        return None;
    } else if task.state != TaskState::Submitted && standing.progress + LAG_POINTS < time_percent {
        RiskKind::Behind
    } else if task.state == TaskState::New && time_percent >= UNACKNOWLEDGED_PERCENT {
        RiskKind::NotAcknowledged
    } else if task.state != TaskState::Submitted && days_left <= DUE_SOON_DAYS {
        RiskKind::DueSoon
    } else {
        return None;
    };
    let achieved = achieved(standing, done_percent, noun);
    let explanation = match kind {
        RiskKind::Late => format!(
            "quá hạn {} ngày, {achieved}",
            vietnamese::number(-days_left)
        ),
        RiskKind::Behind => format!("đã qua {time_percent}% thời gian, {achieved}"),
        RiskKind::NotAcknowledged => {
            format!("đã qua {time_percent}% thời gian mà chưa tiếp nhận")
        }
        RiskKind::DueSoon if days_left == 0 => format!("hôm nay là hạn cuối, {achieved}"),
        RiskKind::DueSoon => format!("còn {days_left} ngày, {achieved}"),
    };
    Some(Risk {
        kind,
        time_percent,
        done_percent,
        days_left,
        explanation,
    })
}

fn achieved(standing: &Standing, done_percent: i64, noun: &str) -> String {
    if standing.children == 0 {
        return format!("mới đạt {}%", standing.progress);
    }
    let done = vietnamese::number(standing.leaves_done);
    let all = vietnamese::number(standing.leaves);
    if standing.progress > done_percent {
        format!(
            "mới xong {done_percent}% ({done}/{all} {noun}), tiến độ chung {}%",
            standing.progress
        )
    } else {
        format!("mới xong {done_percent}% ({done}/{all} {noun})")
    }
}

/// Days gone of all days, the first and the last one included; 0 before the first, 100 from the last on.
fn time_percent(task: &TaskOn, on: Date) -> i64 {
    let all = days_between(task.first_day, task.due_day).max(0) + 1;
    let gone = (days_between(task.first_day, on) + 1).clamp(0, all);
    percent(gone, all)
}

fn percent(part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { part * 100 / whole }
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn task(state: TaskState) -> TaskOn {
        TaskOn {
            id: "t".into(),
            parent_id: None,
            state,
            progress: 0,
            first_day: date(2022, 5, 1),
            due_day: date(2022, 5, 30),
        }
    }

    fn communes(done: i64) -> Standing {
        Standing {
            progress: done * 100 / 460,
            children: 21,
            children_done: 0,
            leaves: 460,
            leaves_done: done,
            late: false,
            leaves_late: 0,
        }
    }

    fn own(progress: i64) -> Standing {
        Standing {
            progress,
            children: 0,
            children_done: 0,
            leaves: 1,
            leaves_done: 0,
            late: false,
            leaves_late: 0,
        }
    }

    #[test]
    fn work_that_lags_behind_the_time_is_at_risk() {
        let open = task(TaskState::Acknowledged);
        let found = risk(&open, &communes(184), date(2022, 5, 21), "xã").expect("a risk");
        assert_eq!(
            found.explanation,
            "đã qua 70% thời gian, mới xong 40% (184/460 xã)"
        );
        assert!(found.kind.is_at_risk());
        assert_eq!(
            (found.time_percent, found.done_percent, found.days_left),
            (70, 40, 9)
        );
        assert_eq!(risk(&open, &communes(300), date(2022, 5, 21), "xã"), None);
        let partly = Standing {
            progress: 45,
            ..communes(184)
        };
        let found = risk(&open, &partly, date(2022, 5, 21), "xã").expect("a risk");
        assert_eq!(
            found.explanation,
            "đã qua 70% thời gian, mới xong 40% (184/460 xã), tiến độ chung 45%"
        );
    }

    #[test]
    fn each_kind_of_danger_has_its_words() {
        let words = |state, standing: Standing, on| {
            risk(&task(state), &standing, on, "xã").map(|risk| risk.explanation)
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            words(TaskState::InProgress, own(60), date(2022, 6, 2)),
            text("quá hạn 3 ngày, mới đạt 60%")
        );
        assert_eq!(
            words(TaskState::InProgress, own(85), date(2022, 5, 28)),
            text("còn 2 ngày, mới đạt 85%")
        );
        assert_eq!(
            words(TaskState::InProgress, own(90), date(2022, 5, 30)),
            text("hôm nay là hạn cuối, mới đạt 90%")
        );
        assert_eq!(
            words(TaskState::New, own(40), date(2022, 5, 15)),
            text("đã qua 50% thời gian mà chưa tiếp nhận")
        );
        assert_eq!(
            words(TaskState::New, own(0), date(2022, 5, 10)),
            text("đã qua 33% thời gian, mới đạt 0%")
        );
        assert_eq!(
            words(TaskState::Submitted, own(99), date(2022, 5, 30)),
            None
        );
        assert_eq!(
            words(TaskState::Accepted, own(100), date(2022, 6, 30)),
            None
        );
        assert_eq!(
            words(TaskState::New, own(0), date(2022, 4, 30)),
            None,
            "not begun"
        );
        let one_day = TaskOn {
            due_day: date(2022, 5, 1),
            ..task(TaskState::New)
        };
        assert!(risk(&one_day, &own(0), date(2022, 5, 1), "xã").is_some());
    }

    proptest! {
        /// With the same work, more time gone is never less dangerous; with the same time, more work never more.
        #[test]
        fn danger_grows_with_time_and_falls_with_work(
            day in 0i64..60, later in 0i64..30, progress in 0i64..100, more in 0i64..50,
        ) {
            let on = date(2022, 5, 1).saturating_add(day.days());
            let kind = |progress: i64, on| {
                risk(&task(TaskState::InProgress), &own(progress.min(99)), on, "xã").map(|risk| risk.kind)
            };
            prop_assert!(kind(progress, on) <= kind(progress, on.saturating_add(later.days())));
            prop_assert!(kind(progress + more, on) <= kind(progress, on));
        }

        #[test]
        fn percentages_stay_in_bounds(day in -100i64..400, done in 0i64..=460) {
            let on = date(2022, 5, 1).saturating_add(day.days());
            if let Some(found) = risk(&task(TaskState::New), &communes(done), on, "xã") {
                prop_assert!((0..=100).contains(&found.time_percent));
                prop_assert!((0..=100).contains(&found.done_percent));
                prop_assert_eq!(found.days_left < 0, found.kind == RiskKind::Late);
            }
        }
    }
}
