//! How tasks stood at the end of a day: each from its events, each upper one from those below.

use std::collections::HashMap;

use jiff::civil::Date;

use super::TaskState;

/// What an event left behind: the day it counts for, the state and the own progress after it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct EventState {
    /// Day it counts for.
    pub day: Date,
    /// State after it.
    pub state: TaskState,
    /// Own progress in percent after it.
    pub progress: i64,
}

/// The state at the end of `on`: that of the last event until then; none when the task did not exist yet.
///
/// `events` are in the order in which they happened.
pub fn fold(events: &[EventState], on: Date) -> Option<EventState> {
    events.iter().rev().find(|event| event.day <= on).copied()
}

/// A task of a tree at the end of a day.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TaskOn {
    /// Its id.
    pub id: String,
    /// The task it was made from, when that is part of the tree that is looked at.
    pub parent_id: Option<String>,
    /// State at the end of the day.
    pub state: TaskState,
    /// Own progress in percent at the end of the day.
    pub progress: i64,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub due_day: Date,
}

/// How a task stands with all that is below it. What was cancelled counts nowhere.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Standing {
    /// Percent: 100 only when done; with tasks below, their mean, rounded down, whatever its own state.
    pub progress: i64,
    /// Tasks right below it.
    pub children: i64,
    /// Those of them that are done.
    pub children_done: i64,
    /// Tasks at the bottom of the tree below it; itself when there is none below.
    pub leaves: i64,
    /// Those of them that are done.
    pub leaves_done: i64,
    /// Whether it is open although its last day has passed.
    pub late: bool,
    /// How many of the tasks at the bottom are late.
    pub leaves_late: i64,
}

/// How each of the tasks stands at the end of `on`, in their order.
///
/// Accepted work counts 100. Everything else counts what its lead reported, at most 99: returned work
/// what was reported before, submitted work 99, since it is finished but for the review.
pub fn standings(tasks: &[TaskOn], on: Date) -> Vec<Standing> {
    let index: HashMap<&str, usize> = tasks
        .iter()
        .enumerate()
        .map(|(position, task)| (task.id.as_str(), position))
        .collect();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); tasks.len()];
    let mut tops = Vec::new();
    for (position, task) in tasks.iter().enumerate() {
        match task.parent_id.as_deref().and_then(|id| index.get(id)) {
            Some(&parent) => below[parent].push(position),
            None => tops.push(position),
        }
    }
    let mut order = tops;
    let mut next = 0;
    while next < order.len() {
        order.extend(below[order[next]].iter().copied());
        next += 1;
    }
    let mut found: Vec<Option<Standing>> = vec![None; tasks.len()];
    for &position in order.iter().rev() {
        let children: Vec<(TaskState, Standing)> = below[position]
            .iter()
            .filter(|&&child| tasks[child].state != TaskState::Cancelled)
            .filter_map(|&child| Some((tasks[child].state, found[child]?)))
            .collect();
        found[position] = Some(standing(&tasks[position], &children, on));
    }
    // Invariant: a tree is reached from its tops; a task in a circle, which cannot be written, stands alone.
    tasks
        .iter()
        .zip(found)
        .map(|(task, found)| found.unwrap_or_else(|| standing(task, &[], on)))
        .collect()
}

fn standing(task: &TaskOn, children: &[(TaskState, Standing)], on: Date) -> Standing {
    let done = task.state == TaskState::Accepted;
    let late = task.state.is_open() && task.due_day < on;
    let count = i64::try_from(children.len()).expect("a tree has fewer tasks than i64 holds");
    if count == 0 {
        let cancelled = task.state == TaskState::Cancelled;
        let progress = match task.state {
            TaskState::Accepted => 100,
            TaskState::Submitted => 99,
            TaskState::Cancelled => 0,
            _ => task.progress.clamp(0, 99),
        };
        return Standing {
            progress,
            children: 0,
            children_done: 0,
            leaves: i64::from(!cancelled),
            leaves_done: i64::from(done),
            late,
            leaves_late: i64::from(late),
        };
    }
    let sum =
        |part: fn(&Standing) -> i64| children.iter().map(|(_, below)| part(below)).sum::<i64>();
    let mean = sum(|below| below.progress) / count;
    Standing {
        progress: mean,
        children: count,
        children_done: children
            .iter()
            .map(|(state, _)| i64::from(*state == TaskState::Accepted))
            .sum(),
        leaves: sum(|below| below.leaves),
        leaves_done: sum(|below| below.leaves_done),
        late,
        leaves_late: sum(|below| below.leaves_late),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const DUE: Date = date(2022, 5, 31);

    fn task(id: &str, parent: Option<&str>, state: TaskState, progress: i64) -> TaskOn {
        TaskOn {
            id: id.into(),
            parent_id: parent.map(Into::into),
            state,
            progress,
            first_day: date(2022, 5, 1),
            due_day: DUE,
        }
    }

    #[test]
    fn the_last_event_until_a_day_says_how_a_task_stood() {
        let event = |day, state, progress| EventState {
            day,
            state,
            progress,
        };
        let events = [
            event(date(2022, 5, 2), TaskState::New, 0),
            event(date(2022, 5, 10), TaskState::InProgress, 40),
            event(date(2022, 5, 10), TaskState::Submitted, 40),
            event(date(2022, 5, 21), TaskState::Returned, 40),
        ];
        assert_eq!(fold(&events, date(2022, 5, 1)), None);
        assert_eq!(fold(&events, date(2022, 5, 9)), Some(events[0]));
        assert_eq!(fold(&events, date(2022, 5, 20)), Some(events[2]));
        assert_eq!(fold(&events, DUE), Some(events[3]));
    }

    #[test]
    fn an_upper_task_stands_as_those_below_it() {
        let tasks = [
            task("province", None, TaskState::Acknowledged, 0),
            task("district 1", Some("province"), TaskState::InProgress, 0),
            task("district 2", Some("province"), TaskState::New, 0),
            task("commune 1", Some("district 1"), TaskState::Accepted, 0),
            task("commune 2", Some("district 1"), TaskState::Returned, 80),
            task("commune 3", Some("district 1"), TaskState::Cancelled, 50),
        ];
        let found = standings(&tasks, date(2022, 6, 1));
        let (province, district) = (found[0], found[1]);
        assert_eq!(
            (district.progress, district.leaves, district.leaves_done),
            (90, 2, 1)
        );
        assert_eq!(
            (province.progress, province.leaves, province.leaves_done),
            (45, 3, 1)
        );
        assert_eq!((province.children, province.children_done), (2, 0));
        assert!(province.late);
        assert_eq!(province.leaves_late, 2, "the returned one and district 2");
        assert!(
            !standings(&tasks, DUE)[0].late,
            "the last day is still in time"
        );
    }

    #[test]
    fn returned_work_never_counts_as_done() {
        let standing = |state, progress| standings(&[task("a", None, state, progress)], DUE)[0];
        assert_eq!(standing(TaskState::Returned, 100).progress, 99);
        assert_eq!(standing(TaskState::Submitted, 20).progress, 99);
        assert_eq!(standing(TaskState::Returned, 20).progress, 20);
        assert_eq!(standing(TaskState::Returned, 100).leaves_done, 0);
    }

    fn any_tree() -> impl Strategy<Value = Vec<TaskOn>> {
        proptest::collection::vec(
            (0usize..TaskState::ALL.len(), 0i64..=100, any::<u8>()),
            1..40,
        )
        .prop_map(|parts| {
            let mut tree = Vec::new();
            for (index, (state, progress, above)) in parts.into_iter().enumerate() {
                let parent = (index > 0).then(|| format!("t{}", usize::from(above) % index));
                tree.push(task(
                    &format!("t{index}"),
                    parent.as_deref(),
                    TaskState::ALL[state],
                    progress,
                ));
            }
            tree
        })
    }

    proptest! {
        #[test]
        fn progress_stays_in_bounds_and_full_means_done(tree in any_tree(), late: bool) {
            let on = if late { date(2022, 7, 1) } else { date(2022, 5, 20) };
            for (task, standing) in tree.iter().zip(standings(&tree, on)) {
                prop_assert!((0..=100).contains(&standing.progress));
                prop_assert!(standing.leaves_done <= standing.leaves);
                prop_assert!(standing.leaves_late <= standing.leaves);
                prop_assert!(standing.children_done <= standing.children);
                if standing.progress == 100 && task.state != TaskState::Accepted {
                    prop_assert!(standing.children > 0);
                    prop_assert_eq!(standing.leaves_done, standing.leaves);
                }
                prop_assert_eq!(standing.late, late && task.state.is_open());
            }
        }

        /// Taking work is never a step back for anything above, returning it never a step forward.
        #[test]
        fn acceptance_raises_and_return_lowers(tree in any_tree(), which: prop::sample::Index) {
            let on = date(2022, 5, 20);
            let position = which.index(tree.len());
            if tree[position].state != TaskState::Cancelled {
                let with = |state| {
                    let mut tree = tree.clone();
                    tree[position].state = state;
                    standings(&tree, on)
                };
                let (returned, accepted) = (with(TaskState::Returned), with(TaskState::Accepted));
                for (low, high) in returned.iter().zip(accepted) {
                    prop_assert!(low.progress <= high.progress);
                    prop_assert!(low.leaves_done <= high.leaves_done);
                }
            }
        }

        #[test]
        fn the_order_of_the_list_does_not_matter(tree in any_tree()) {
            let mut reversed = tree.clone();
            reversed.reverse();
            let mut found = standings(&reversed, DUE);
            found.reverse();
            prop_assert_eq!(found, standings(&tree, DUE));
        }
    }
}
