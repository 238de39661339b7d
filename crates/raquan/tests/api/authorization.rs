//! Every operation of the API has an authorisation case here; a missing one fails.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// Who may call an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Access {
    /// Anybody.
    Public,
    /// Whoever is signed in; answers only with their own or with what they may see.
    SignedIn,
    /// Needs a right at the place: a viewer elsewhere gets 403 or 404.
    Right,
}

/// Operation, who may call it, a well-formed body.
fn cases() -> Vec<(&'static str, Access, Option<Value>)> {
    use Access::{Public, Right, SignedIn};
    vec![
        ("health", Public, None),
        (
            "session_create",
            Public,
            Some(json!({ "username": "x", "password": "y" })),
        ),
        ("session_list", SignedIn, None),
        ("session_get_current", Public, None),
        ("session_end_current", SignedIn, None),
        ("session_end", SignedIn, None),
        ("me_get", SignedIn, None),
        (
            "password_change",
            SignedIn,
            Some(json!({ "current_password": "x", "new_password": "y" })),
        ),
        ("api_token_list", SignedIn, None),
        (
            "api_token_create",
            SignedIn,
            Some(json!({ "name": "x", "days": 1 })),
        ),
        ("api_token_end", SignedIn, None),
        ("user_list", Right, None),
        (
            "user_create",
            Right,
            Some(json!({
                "id": "u", "username": "nguoi.moi", "display_name": "Người mới",
                "password": "một câu dễ nhớ",
                "roles": [{ "role": "viewer", "admin_unit_id": "new-40" }],
            })),
        ),
        ("user_get", Right, None),
        ("user_set_active", Right, Some(json!({ "active": false }))),
        (
            "role_grant",
            Right,
            Some(json!({ "role": "viewer", "admin_unit_id": "new-40" })),
        ),
        ("role_end", Right, None),
        ("role_list", SignedIn, None),
        ("organization_list", SignedIn, None),
        (
            "organization_create",
            Right,
            Some(json!({
                "id": "o", "kind": "post", "name": "Bưu điện", "admin_unit_id": "new-40",
            })),
        ),
        ("organization_get", Right, None),
        ("organization_update", Right, Some(json!({ "version": 1 }))),
        ("organization_kind_list", SignedIn, None),
        ("observation_list", SignedIn, None),
        (
            "observation_submit_many",
            Right,
            Some(json!({
                "id": "b",
                "rows": [{
                    "indicator": "labour_force", "admin_unit_id": "old-40",
                    "period": "2022-04", "value": 1,
                }],
            })),
        ),
        ("observation_get", Right, None),
        ("observation_history", Right, None),
        (
            "observation_correct",
            Right,
            Some(json!({ "version": 1, "value": 2 })),
        ),
        (
            "observation_approve",
            Right,
            Some(json!({ "ids": ["unknown"] })),
        ),
        ("period_lock_list", SignedIn, None),
        (
            "period_lock",
            Right,
            Some(json!({ "admin_unit_id": "old-40", "period": "2022-04" })),
        ),
        (
            "period_unlock",
            Right,
            Some(json!({ "admin_unit_id": "old-40", "period": "2022-04", "reason": "x" })),
        ),
        // Asked with a body that is no form: refused before it is known which unit it is for.
        ("import_check", SignedIn, None),
        ("confirmation_table", SignedIn, None),
        ("import_list", Right, None),
        ("import_get", Right, None),
        ("import_accept", Right, Some(json!({}))),
        ("import_errors_workbook", Right, None),
        ("import_template", Right, None),
        ("monthly_form_get", Right, None),
        (
            "monthly_form_submit",
            Right,
            Some(json!({ "id": "b", "values": [] })),
        ),
        ("admin_unit_list", Public, None),
        ("admin_unit_get", Public, None),
        ("admin_unit_children", Public, None),
        ("admin_unit_successors", Public, None),
        ("admin_unit_predecessors", Public, None),
        ("boundary_get", Public, None),
        ("offline_get", Public, None),
        ("report_get", Right, None),
        ("report_style", Public, None),
        ("indicator_list", SignedIn, None),
        ("figure_get", SignedIn, None),
        ("campaign_list", SignedIn, None),
        (
            "campaign_create",
            Right,
            Some(json!({
                "id": "thang-van-dong", "name": "Tháng vận động", "admin_unit_id": "new-40",
                "organization_id": "o", "first_day": "2026-05-01", "last_day": "2026-05-31",
            })),
        ),
        ("campaign_get", Right, None),
        (
            "campaign_plan_update",
            Right,
            Some(json!({ "row_version": 1, "plan": {} })),
        ),
        (
            "campaign_issue",
            Right,
            Some(json!({ "document_number": "1/KH", "document_date": "2026-04-01" })),
        ),
        (
            "campaign_amend",
            Right,
            Some(json!({ "reason": "bổ sung" })),
        ),
        ("campaign_start", Right, None),
        ("campaign_close", Right, None),
        (
            "campaign_copy",
            Right,
            Some(json!({
                "id": "nam-sau", "name": "Năm sau", "first_day": "2027-05-01",
                "last_day": "2027-05-31",
            })),
        ),
        ("campaign_version_list", Right, None),
        ("campaign_version_get", Right, None),
        ("campaign_version_compare", Right, None),
        ("campaign_task_states", Right, None),
        ("task_list", SignedIn, None),
        ("my_tasks", SignedIn, None),
        (
            "task_create",
            Right,
            Some(json!({
                "id": "0196f3c4-0000-7000-8000-000000000001", "campaign_id": "thang-van-dong",
                "kind": "do", "title": "Treo băng rôn", "basis": "Mục III",
                "lead_organization_id": "o", "first_day": "2026-05-01", "due_day": "2026-05-05",
            })),
        ),
        ("task_get", Right, None),
        ("task_tree", Right, None),
        ("task_state_on", Right, None),
        (
            "task_cascade",
            Right,
            Some(json!({ "id": "c", "levels": [{ "level": "commune" }] })),
        ),
        ("task_acknowledge", Right, Some(json!({}))),
        (
            "task_progress_report",
            Right,
            Some(json!({ "percent": 10 })),
        ),
        ("task_submit", Right, Some(json!({}))),
        ("task_review", Right, Some(json!({ "outcome": "accepted" }))),
        ("task_urge", Right, Some(json!({}))),
        ("task_hand_over", Right, Some(json!({ "to_user_id": "u" }))),
        ("task_cancel", Right, Some(json!({ "note": "thôi" }))),
        ("task_reopen", Right, Some(json!({ "note": "sai" }))),
        ("task_evidence_list", Right, None),
        // Asked with a body that is no form: refused before it is known what the task is.
        ("task_evidence_add", SignedIn, None),
        ("file_get", Right, None),
        ("change_list", SignedIn, None),
        ("activity_kind_list", SignedIn, None),
        (
            "activity_kind_create",
            Right,
            Some(
                json!({ "id": "k", "admin_unit_id": "new-40", "name_vi": "x", "name_en": "x", "channel": "direct" }),
            ),
        ),
        ("activity_list", SignedIn, None),
        (
            "activity_create",
            Right,
            Some(
                json!({ "id": "a", "campaign_id": "unknown", "kind": "launch", "content": { "title": "x", "organization_id": "o", "admin_unit_id": "new-40", "first_day": "2022-05-08", "last_day": "2022-05-08" } }),
            ),
        ),
        ("activity_get", Right, None),
        ("activity_version_list", Right, None),
        (
            "activity_correct",
            Right,
            Some(
                json!({ "version": 1, "content": { "title": "x", "organization_id": "o", "admin_unit_id": "new-40", "first_day": "2022-05-08", "last_day": "2022-05-08" } }),
            ),
        ),
        ("activity_mark_done", Right, Some(json!({ "version": 1 }))),
        (
            "activity_cancel",
            Right,
            Some(json!({ "version": 1, "reason": "x" })),
        ),
        ("measure_list", Right, None),
        ("measures_report", Right, Some(json!({ "measures": [] }))),
        ("measure_sum_list", Right, None),
        ("activity_parts", Right, None),
        ("activity_sites_set", Right, Some(json!({ "items": [] }))),
        (
            "activity_readiness_set",
            Right,
            Some(json!({ "items": [] })),
        ),
        ("activity_script_set", Right, Some(json!({ "items": [] }))),
        (
            "activity_resources_set",
            Right,
            Some(json!({ "items": [] })),
        ),
        ("activity_teams_set", Right, Some(json!({ "items": [] }))),
        ("activity_roster_set", Right, Some(json!({ "items": [] }))),
        ("readiness_gate", Right, None),
        (
            "readiness_item_done",
            Right,
            Some(json!({ "version": 1, "done": true })),
        ),
        ("household_list", SignedIn, None),
        (
            "household_create",
            Right,
            Some(json!({ "id": "h", "admin_unit_id": "new-40" })),
        ),
        ("household_get", Right, None),
        ("person_list", SignedIn, None),
        (
            "person_create",
            Right,
            Some(
                json!({ "id": "p", "admin_unit_id": "new-40", "name": "x", "consents": ["gift"] }),
            ),
        ),
        ("person_get", Right, None),
        ("consent_list", Right, None),
        (
            "consent_give",
            Right,
            Some(json!({ "id": "k", "purpose": "gift" })),
        ),
        ("consent_withdraw", Right, Some(json!({}))),
        ("consultation_list", Right, None),
        (
            "consultation_create",
            Right,
            Some(
                json!({ "id": "c", "organization_id": "o", "admin_unit_id": "new-40", "day": "2022-05-08", "outcome": "informed" }),
            ),
        ),
        (
            "consultation_create_many",
            Right,
            Some(
                json!({ "items": [{ "id": "c", "organization_id": "o", "admin_unit_id": "new-40", "day": "2022-05-08", "outcome": "informed" }] }),
            ),
        ),
        ("consultation_get", Right, None),
        ("consultation_version_list", Right, None),
        ("consultation_quotes_check", Right, None),
        (
            "consultation_correct",
            Right,
            Some(
                json!({ "version": 1, "content": { "organization_id": "o", "admin_unit_id": "new-40", "day": "2022-05-08", "outcome": "informed" } }),
            ),
        ),
        ("enrollment_list", Right, None),
        (
            "enrollment_create",
            Right,
            Some(
                json!({ "id": "e", "organization_id": "o", "admin_unit_id": "new-40", "scheme": "voluntary_si", "day": "2022-05-08" }),
            ),
        ),
        ("enrollment_get", Right, None),
        ("enrollment_version_list", Right, None),
        ("enrollment_quotes_check", Right, None),
        (
            "enrollment_reject",
            Right,
            Some(json!({ "version": 1, "reason": "x" })),
        ),
        (
            "enrollment_correct",
            Right,
            Some(json!({ "version": 1, "scheme": "voluntary_si" })),
        ),
        ("enrollment_credit_set", Right, Some(json!({ "items": [] }))),
        ("credit_sum_list", Right, None),
        ("confirmation_list", Right, None),
        (
            "confirmation_import",
            Right,
            Some(json!({ "id": "k", "lines": [] })),
        ),
        ("confirmation_line_list", Right, None),
        ("gift_pledge_list", Right, None),
        (
            "gift_pledge_create",
            Right,
            Some(
                json!({ "id": "g", "donor_name": "x", "gift_kind": "voluntary_si_book", "quantity": 1, "admin_unit_id": "new-40", "day": "2022-05-08" }),
            ),
        ),
        ("gift_list", Right, None),
        (
            "gift_give",
            Right,
            Some(json!({ "id": "g", "pledge_id": "g", "person_id": "p", "day": "2022-05-08" })),
        ),
        ("figure_breakdown", SignedIn, None),
        ("figure_records", SignedIn, None),
        ("ranking_get", SignedIn, None),
        ("target_list", SignedIn, None),
        (
            "target_set",
            Right,
            Some(json!({
                "indicator": "participants.voluntary_si", "admin_unit_id": "new-40",
                "period": "2026", "value": 1,
            })),
        ),
        (
            "target_spread",
            Right,
            Some(json!({
                "indicator": "participants.voluntary_si", "admin_unit_id": "new-40",
                "period": "2026", "base": "equal",
            })),
        ),
        ("target_history", Right, None),
        ("calculator_list", Public, None),
        (
            "quote_get_many",
            Public,
            Some(json!({ "items": [
                { "calculator": "voluntary_si.limits", "on": "2026-07-01", "input": {} },
            ] })),
        ),
        ("quote_get", Public, None),
        ("parameter_list", Public, None),
        ("law_differences", Public, None),
        ("fund_return_list", Public, None),
        (
            "fund_return_set",
            Right,
            Some(
                json!({ "from_month": "2026-01", "monthly_rate": "0.0031", "document_number": "1" }),
            ),
        ),
        ("local_support_list", Public, None),
        (
            "local_support_set",
            Right,
            Some(json!({ "admin_unit_id": "new-40", "document_number": "1", "content": "" })),
        ),
    ]
}

/// Operation id → method and path, from the description of the API.
fn operations() -> BTreeMap<String, (String, String)> {
    let document = serde_json::to_value(raquan::api::openapi()).expect("plain data");
    let mut found = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            if let Some(id) = operation["operationId"].as_str() {
                let before = found.insert(id.to_owned(), (method.to_uppercase(), path.to_owned()));
                assert!(before.is_none(), "two operations are named {id}");
            }
        }
    }
    found
}

#[test]
fn every_operation_has_a_case_and_every_case_an_operation() {
    let operations = operations();
    let cases: BTreeMap<_, _> = cases()
        .into_iter()
        .map(|(id, access, _)| (id, access))
        .collect();
    let missing: Vec<_> = operations
        .keys()
        .filter(|id| !cases.contains_key(id.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "operations without an authorisation case: {missing:?}"
    );
    let gone: Vec<_> = cases
        .keys()
        .filter(|id| !operations.contains_key(**id))
        .collect();
    assert!(gone.is_empty(), "cases without an operation: {gone:?}");
}

#[tokio::test]
async fn nobody_and_strangers_are_kept_out() {
    let world = TestApp::new().await;
    // A viewer of another province: knows nothing of what the cases touch.
    let stranger = world.user("nguoi.la", "viewer", Some("new-01")).await;
    let operations = operations();
    for (id, access, body) in cases() {
        let (method, path) = &operations[id];
        let path = path
            .split('/')
            .map(|part| {
                if part.starts_with('{') {
                    "unknown"
                } else {
                    part
                }
            })
            .collect::<Vec<_>>()
            .join("/");
        let nobody = world
            .send(&Client::default(), method, &path, body.as_ref())
            .await;
        if access == Access::Public {
            assert_ne!(
                nobody.body["code"], "session.missing",
                "{id}: {}",
                nobody.body
            );
            continue;
        }
        assert_eq!(
            nobody.status, 401,
            "{id} without a session: {}",
            nobody.body
        );
        if access == Access::Right {
            let answer = world.send(&stranger, method, &path, body.as_ref()).await;
            assert!(
                matches!(answer.status.as_u16(), 403 | 404),
                "{id} for a stranger: {} {}",
                answer.status,
                answer.body
            );
        }
    }
}
