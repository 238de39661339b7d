//! What faults are called in English, by their code: one sentence for what is wrong, one for how to mend it.
//!
//! The Vietnamese texts, made where a fault is found, also name the values seen.

/// The English text of a fault; none for the faults of the law's calculators, which answer in the language asked for.
pub fn fault_message_en(code: &str) -> Option<&'static str> {
    let found = MESSAGES.binary_search_by_key(&code, |(code, _)| code);
    found.ok().map(|place| MESSAGES[place].1)
}

/// By code.
const MESSAGES: &[(&str, &str)] = &[
    (
        "activity.ends_before_start",
        "The last day lies before the first. Choose a later last day.",
    ),
    (
        "activity.no_sites",
        "Activities of this kind have no sites. Choose a kind that has, such as a launch.",
    ),
    (
        "activity.not_of_campaign",
        "The campaign has no such activity. Choose one of its activities, or leave it out.",
    ),
    (
        "activity.unknown_kind",
        "There is no such kind of activity. Choose one of the catalogue, or add a kind for the province.",
    ),
    (
        "activity_kind.bad_id",
        "The id has the wrong form. Use lower-case letters without accents, digits and underscores.",
    ),
    (
        "activity_kind.counted_twice",
        "A measure would be counted twice in the same indicator. Let it feed the indicator once.",
    ),
    (
        "activity_kind.duplicate",
        "There is a kind with this id already. Choose another id.",
    ),
    (
        "activity_kind.duplicate_measure",
        "Two measures have the same id. Give each its own.",
    ),
    (
        "activity_kind.malformed",
        "The kind of activity cannot be read. Write it as the catalogue does.",
    ),
    (
        "activity_kind.missing_name",
        "A name is missing. Name it in Vietnamese and English.",
    ),
    (
        "activity_kind.unknown_channel",
        "There is no such channel. Choose one of those named.",
    ),
    (
        "activity_kind.unknown_indicator",
        "There is no such indicator. Choose one of the catalogue.",
    ),
    (
        "admin_unit.ambiguous",
        "Several administrative units have this name. Write the unit above too, or choose from the list.",
    ),
    (
        "admin_unit.not_in_force",
        "The administrative unit does not exist in this period. Choose the one of that time.",
    ),
    (
        "admin_unit.not_on_boundaries",
        "The administrative unit is not there on the boundaries of the day. Choose one that is.",
    ),
    (
        "admin_unit.outside_campaign",
        "The administrative unit lies outside the campaign. Choose one within it.",
    ),
    (
        "admin_unit.unknown",
        "There is no such administrative unit. Look for it by its name and choose from the list.",
    ),
    (
        "api_token.days_out_of_range",
        "The number of days is not valid. Choose from 1 to 366.",
    ),
    (
        "body.malformed",
        "The content that was sent cannot be read. Send it as the description of the API says.",
    ),
    (
        "boundaries.malformed",
        "These boundaries are not known. Write as_was, as_now or a day.",
    ),
    (
        "calculator.unknown",
        "There is no such calculator. Choose one of the list.",
    ),
    (
        "campaign.ends_before_start",
        "The last day lies before the first. Choose a later last day.",
    ),
    (
        "campaign.malformed_id",
        "The id has the wrong form. Use 3 to 64 lower-case letters without accents, digits and hyphens.",
    ),
    (
        "cascade.no_level",
        "No level was chosen. Choose districts, communes or both.",
    ),
    (
        "cascade.no_units",
        "There are no units of this level below. Choose another level.",
    ),
    (
        "cascade.organization_missing",
        "A unit has no such body in the list. Add it, or choose to leave such units out.",
    ),
    (
        "cascade.wrong_level",
        "This level cannot stand here. Name the district first, then the commune.",
    ),
    (
        "confirmation.empty",
        "The list has no lines. Send at least one person.",
    ),
    (
        "confirmation.nobody_named",
        "The line names nobody. Write the identity number, or name, year of birth and commune.",
    ),
    (
        "consultation.other_day",
        "The beginning lies on another day than the consultation. Mend one of them.",
    ),
    (
        "credit.bad_weight",
        "A share is not valid. Give each body a whole number above 0.",
    ),
    (
        "credit.empty",
        "Nobody is credited. Name at least one body.",
    ),
    (
        "credit.organization_twice",
        "A body is credited twice. Name each once.",
    ),
    (
        "credit.too_many",
        "Too many bodies are credited. Name fewer.",
    ),
    (
        "date.in_future",
        "The day has not come yet. Choose today or an earlier one.",
    ),
    (
        "date.malformed",
        "There is no such day. Write year-month-day, such as 2022-05-08.",
    ),
    (
        "date.outside_campaign",
        "The day lies outside the campaign. Choose one between its first and its last day.",
    ),
    (
        "enrollment.reason_missing",
        "The enrollment is officially confirmed, and no reason was given. Say why it is corrected.",
    ),
    (
        "field.bad_id",
        "The id has the wrong form. Use a UUID that the device makes.",
    ),
    ("field.negative", "The number is negative. Write 0 or more."),
    (
        "field.out_of_range",
        "The number is out of range. Write one within it.",
    ),
    ("field.required", "This is missing. Fill it in."),
    ("field.too_long", "The text is too long. Shorten it."),
    (
        "field.unknown_word",
        "The value is not in the list. Choose one of those named.",
    ),
    (
        "figure.no_unit_of_level",
        "There are no units of this level below. Choose another level.",
    ),
    (
        "figure.one_period_only",
        "This works for one period only. Choose one.",
    ),
    (
        "figure.organization_missing",
        "You may see the figures of several bodies. Choose one.",
    ),
    (
        "figure.ratio_has_no_records",
        "The indicator is computed from others. Look at the records of those.",
    ),
    (
        "file.damaged",
        "The workbook is damaged. Open it in a spreadsheet program, save it anew as .xlsx and upload that.",
    ),
    (
        "file.empty",
        "The file is empty (0 bytes). Save it again with its data and upload it once more.",
    ),
    (
        "file.encoding_invalid",
        "The letters of the file cannot be read. Save it as “CSV UTF-8” and upload that.",
    ),
    (
        "file.header_only",
        "There is a header but no row below it. Fill in the data and upload the file again.",
    ),
    (
        "file.no_header",
        "There is no header row with the required columns in the first 15 rows. Name the columns as in the template.",
    ),
    (
        "file.password_protected",
        "The workbook is protected by a password. Remove it and upload the file again.",
    ),
    (
        "file.quote_unclosed",
        "A quoted cell begins and never ends. Close the quote or remove it.",
    ),
    (
        "file.too_many_columns",
        "The table has too many columns. Delete what is not needed.",
    ),
    (
        "file.unknown_type",
        "Files of this type are not taken. Send PDF, a picture, Word, Excel, MP4 or MP3.",
    ),
    (
        "file.wrong_kind",
        "The file is no table. Save it as .xlsx or .csv and upload that.",
    ),
    (
        "file.zip_without_workbook",
        "The file is a zip archive without a workbook. Unpack it and upload the .xlsx or .csv inside.",
    ),
    (
        "fund_return.month_malformed",
        "There is no such month. Write the first month in which it holds, such as 2026-01.",
    ),
    (
        "fund_return.rate_unusable",
        "This is no monthly return from 0 to 10%. Write 0.0031 or 0.31%.",
    ),
    (
        "gift.before_pledge",
        "The day lies before the pledge. Mend the day.",
    ),
    (
        "household.unknown",
        "There is no such household in your area. Record it first, or leave it out.",
    ),
    (
        "id.malformed",
        "The id is no UUID. Make a UUIDv7 on the device.",
    ),
    (
        "import.has_faults",
        "The file has faults. Mend it and upload it again, or take only the rows that are right.",
    ),
    (
        "import.unknown_kind",
        "There is no such kind of import. Choose observations or organizations.",
    ),
    (
        "indicator.unknown",
        "There is no such indicator. Choose one of the catalogue.",
    ),
    (
        "input.malformed",
        "The input is no JSON. See the examples in the list of calculators.",
    ),
    (
        "language.unknown",
        "There is no such language. Use a BCP 47 tag of the catalogue, such as vi or rad.",
    ),
    (
        "law_entry.document_missing",
        "The number of the document is missing. Write it, since every result names it.",
    ),
    (
        "level.unknown",
        "There is no such level. Choose children, province, district or commune.",
    ),
    (
        "list.id_twice",
        "The id stands in the list twice. Give each line its own.",
    ),
    ("list.too_long", "The list is too long. Send fewer lines."),
    (
        "local_support.file",
        "A line of the file is wrong. Mend it and send the whole file again.",
    ),
    (
        "local_support.no_province",
        "The unit is no province. Choose the province that adds the support.",
    ),
    (
        "local_support.other_province",
        "The file names another province. Write the code of this one.",
    ),
    (
        "local_support.too_long",
        "The file is too long. Leave only the support in it.",
    ),
    (
        "measure.counted_twice",
        "The measure has a whole and its parts, which would count twice. Leave one of them.",
    ),
    (
        "measure.no_groups",
        "Activities of this kind are not counted by group. Leave the group out.",
    ),
    (
        "measure.no_languages",
        "Activities of this kind are not counted by language. Leave the language out.",
    ),
    (
        "measure.not_of_kind",
        "Activities of this kind have no such measure. Choose one of theirs.",
    ),
    (
        "measure.twice",
        "The measure stands in the list twice. Leave one line for each measure, group and language.",
    ),
    (
        "observation.duplicate_row",
        "The same indicator, unit and period stand in an earlier line. Leave one of them.",
    ),
    (
        "observation.indicator_not_reported",
        "The indicator is not reported for such a period or unit. Choose another.",
    ),
    (
        "observation.out_of_scope",
        "The administrative unit lies outside your scope. Choose one within it.",
    ),
    (
        "observation.overlapping_period",
        "The period overlaps another one with a figure. Correct that one instead.",
    ),
    (
        "observation.period_in_future",
        "The period has not ended yet. Report on one that has.",
    ),
    (
        "observation.period_locked",
        "The period is locked. Say why the figure is corrected, or ask for it to be unlocked.",
    ),
    (
        "observation.reported_elsewhere",
        "The figure comes from records, not from reports. Correct the records.",
    ),
    (
        "observation.unknown_state",
        "There is no such state. Choose submitted or approved.",
    ),
    (
        "observation.value_out_of_range",
        "The value is out of range. Check the number and its unit.",
    ),
    (
        "organization.cycle",
        "The body above lies below this one. Choose another.",
    ),
    (
        "organization.unknown",
        "There is no such body. Look for it by its name and choose from the list.",
    ),
    (
        "organization.unknown_kind",
        "There is no such kind of body. Choose one of the catalogue.",
    ),
    (
        "organization.unknown_parent",
        "There is no such body above. Make it first, or leave it out.",
    ),
    (
        "page.limit_out_of_range",
        "The number of rows is not valid. Choose from 1 to 200.",
    ),
    (
        "page.malformed",
        "There is no such page. Use next_page of the answer before.",
    ),
    (
        "password.contains_username",
        "The password contains the username. Choose another.",
    ),
    (
        "password.too_long",
        "The password is longer than 200 characters. Choose a shorter one.",
    ),
    (
        "password.too_short",
        "The password is too short. Use a sentence of a few words.",
    ),
    (
        "password.wrong",
        "The current password is not right. Type it again.",
    ),
    (
        "period.malformed",
        "There is no such period. Write 2022-05, R2022-05, 2022-Q1, 2022-H1 or 2022.",
    ),
    (
        "period.missing",
        "The period is missing. Choose one, or a first and a last one.",
    ),
    (
        "period.range",
        "There are no periods between these. Choose two of one kind, the earlier first.",
    ),
    (
        "period.too_many",
        "There are too many periods between these. Choose fewer or longer ones.",
    ),
    (
        "period_lock.reason_required",
        "The reason is missing. Say why the period is unlocked.",
    ),
    (
        "person.bad_national_id",
        "An identity number has 12 digits, an old one 9. Type it again, or leave it out.",
    ),
    (
        "person.bad_phone",
        "A telephone number has 10 digits. Type it again, or leave it out.",
    ),
    (
        "person.consent_missing",
        "The person's consent is missing. Ask for it; without it record a consultation without names.",
    ),
    (
        "person.unknown",
        "There is no such person in your area. Record the person first, or leave it out.",
    ),
    (
        "plan.blank_line",
        "A line is empty. Fill it in or remove it.",
    ),
    (
        "plan.direction_missing",
        "A target does not say whether more or less is wanted. Say so.",
    ),
    (
        "plan.duplicate_id",
        "An id stands twice. Give each its own.",
    ),
    (
        "plan.missing_part",
        "A part of the plan is missing. Fill it in before issuing.",
    ),
    ("plan.negative", "A number is negative. Write 0 or more."),
    (
        "plan.nobody_responsible",
        "Nobody is responsible. Name at least one body.",
    ),
    (
        "plan.period_malformed",
        "There is no such period. Write 2022-05 or 2022-Q1.",
    ),
    (
        "plan.period_outside_campaign",
        "The period lies outside the campaign. Choose one within it.",
    ),
    (
        "plan.unknown_audience",
        "The plan has no such audience. Choose one of its own.",
    ),
    (
        "plan.unknown_workstream",
        "The plan has no such workstream. Choose one of its own.",
    ),
    (
        "query.malformed",
        "A parameter cannot be read. See its name and form in the description of the API.",
    ),
    (
        "quote.too_many_kept",
        "Too many results are kept with one record. Keep those that the person was told.",
    ),
    (
        "ranking.no_potential",
        "The catalogue has no potential for this indicator. Rank by result or by share of target.",
    ),
    (
        "readiness.due_after_start",
        "The deadline lies after the beginning at the site. Choose an earlier one.",
    ),
    (
        "report.before_campaign",
        "The day lies before the campaign. Choose one from its first day on.",
    ),
    (
        "role.unknown",
        "There is no such role. Choose one of those named.",
    ),
    (
        "script.ends_before_start",
        "The end lies before the beginning. Mend the times.",
    ),
    (
        "site.still_used",
        "The site still has items, vehicles or teams. Move them before removing it.",
    ),
    (
        "site.unknown",
        "The activity has no such site. Add it first, or choose another.",
    ),
    (
        "target.base_missing",
        "Figures to spread by are missing. Choose another way to spread.",
    ),
    (
        "target.base_zero",
        "All figures to spread by are 0, or there are no units below. Choose another way to spread.",
    ),
    (
        "target.negative",
        "The target is negative. Write 0 or more.",
    ),
    (
        "target.nothing_to_spread",
        "The unit has no target for the period. Set it first, then spread it.",
    ),
    (
        "target.ratio_not_spread",
        "A ratio cannot be spread. Set it for each unit, or spread the number of participants.",
    ),
    (
        "target.reason_missing",
        "The target is changed without a reason. Say why, with the document if there is one.",
    ),
    (
        "target.unit_not_in_force",
        "The administrative unit does not exist in this period. Choose the one of that time.",
    ),
    (
        "target.unknown_base",
        "There is no such way to spread. Choose equal, population or indicator:ID@PERIOD.",
    ),
    (
        "task.day_before_last_event",
        "The day lies before the last step of the task. Choose a later one.",
    ),
    (
        "task.day_in_future",
        "The day has not come yet. Choose today or an earlier one.",
    ),
    (
        "task.due_before_start",
        "The due day lies before the first. Choose a later due day.",
    ),
    (
        "task.nobody_to_hand_over_to",
        "Nobody was chosen to hand over to. Choose a body, a person or both.",
    ),
    (
        "task.outside_campaign",
        "The days lie outside the campaign. Choose days within it.",
    ),
    (
        "task.parent_of_other_campaign",
        "The task above belongs to another campaign. Choose one of the same.",
    ),
    (
        "task.percent_out_of_range",
        "The progress is not valid. Write a number from 0 to 100.",
    ),
    (
        "task.proof_missing",
        "There is neither a statement nor evidence. Write one, or attach a file.",
    ),
    ("task.reason_missing", "The reason is missing. Write it."),
    (
        "task.too_much_evidence",
        "The task has as many files as it may have. Put several into one.",
    ),
    (
        "task.unknown_indicator",
        "There is no such indicator of tasks. Choose one of the catalogue, or leave it out.",
    ),
    (
        "task.unknown_kind",
        "There is no such kind of task. Choose do or inform.",
    ),
    (
        "task.unknown_state",
        "There is no such state of a task. Use one of those named.",
    ),
    (
        "task.unknown_workstream",
        "The plan has no such workstream. Choose one of its own.",
    ),
    (
        "team.not_of_activity",
        "The activity has no such team. Choose one of its teams, or leave it out.",
    ),
    (
        "team.not_of_campaign",
        "The campaign has no such team. Choose a team of the activity, or leave it out.",
    ),
    (
        "team.still_used",
        "The team stands in the roster. Take it out first.",
    ),
    (
        "team.unknown",
        "The activity has no such team. Add it to the teams first.",
    ),
    (
        "time.malformed",
        "There is no such time. Write 07:30, or a day and time such as 2022-05-07T19:00.",
    ),
    (
        "user.unknown",
        "There is no such active account. Choose one of the list.",
    ),
    (
        "user.username_form",
        "The username has the wrong form. Use 3 to 60 letters without accents, digits, dots and hyphens.",
    ),
    (
        "word.unknown",
        "The value is not in the list. Choose one of those named.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_stands_once_in_its_order() {
        assert!(MESSAGES.is_sorted_by(|(one, _), (next, _)| one < next));
        for (code, message) in MESSAGES {
            assert_eq!(fault_message_en(code), Some(*message));
        }
    }
}
