//! Quotes: what somebody pays and gets, explained.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::json_faults::in_vietnamese;
use jiff::civil::Date;
use policy::calculators::DESCRIPTIONS;
use policy::trace::ExplainedStep;
use policy::{Explained, Language};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::Cached;
use crate::api::{ApiError, Body, ClientAddress, Json, Params};
use crate::app::policy::{self as cases, AnswerOrRefusal, QuoteAnswer, QuoteError, QuoteInput};
use crate::app::{App, AppError, Fault};

/// A calculator.
#[derive(Serialize, ToSchema)]
pub struct Calculator {
    /// Its name.
    name: &'static str,
    /// What it answers, in Vietnamese.
    title_vi: &'static str,
    /// What it answers, in English.
    title_en: &'static str,
    /// A case that has an answer.
    example: CalculatorExample,
}

/// A case of a calculator.
#[derive(Serialize, ToSchema)]
pub struct CalculatorExample {
    /// Day whose law holds.
    on: Date,
    /// Input of the calculator.
    #[schema(value_type = Object)]
    input: Value,
}

/// All calculators.
#[derive(Serialize, ToSchema)]
pub struct CalculatorList {
    /// By name.
    items: Vec<Calculator>,
}

impl CalculatorList {
    /// All there are.
    pub fn all() -> Self {
        let described = DESCRIPTIONS.iter().map(|one| Calculator {
            name: one.name,
            title_vi: one.vi,
            title_en: one.en,
            example: CalculatorExample {
                on: one.on,
                input: serde_json::from_str(one.example).expect("read by a test"),
            },
        });
        CalculatorList {
            items: described.collect(),
        }
    }
}

/// The calculators of the law, each with an example.
#[utoipa::path(get, path = "/api/v1/policy/calculators", tag = "policy", security(()),
    responses((status = 200, body = CalculatorList)))]
pub async fn calculator_list(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let cached = Cached::by(&app.law.now());
    let known = cached.if_known(&headers);
    known.unwrap_or_else(|| cached.answer(Json(CalculatorList::all())))
}

/// An answer of the law.
#[derive(Serialize, ToSchema)]
pub struct Quote<'a> {
    /// Name of the calculator.
    calculator: &'a str,
    /// Day whose law holds.
    on: Date,
    /// The answer, with the fields of the calculator; money in whole đồng.
    #[schema(value_type = Object)]
    value: &'a Value,
    /// What the answer rests on that is not verified, one sentence each. Show it above the answer.
    unverified: Vec<String>,
    /// How it came about, in order; none where steps were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<ExplainedStep<'a>>>,
    /// Version of the rules that answered.
    rules_version: &'static str,
}

impl<'a> Quote<'a> {
    /// An answer in words.
    pub fn new(
        calculator: &'a str,
        on: Date,
        answer: &'a Explained<Value>,
        language: Language,
        with_steps: bool,
    ) -> Self {
        Quote {
            calculator,
            on,
            value: &answer.value,
            unverified: answer.sentences(language),
            steps: with_steps.then(|| answer.steps(language)),
            rules_version: answer.rules_version,
        }
    }
}

/// A case that has no answer.
#[derive(Serialize, ToSchema)]
pub struct QuoteRefusal<'a> {
    /// Name of the calculator.
    calculator: &'a str,
    /// The day, as asked for.
    on: &'a str,
    /// Why.
    error: QuoteFault,
}

/// Why a case has no answer.
#[derive(Serialize, ToSchema)]
pub struct QuoteFault {
    /// Stable code, e.g. `voluntary_si.income_below_floor`.
    code: &'static str,
    /// Which rule, which limit, which article.
    message: String,
}

/// What became of a case.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum QuoteResult<'a> {
    /// It has an answer.
    Answered(Quote<'a>),
    /// It has none.
    Refused(QuoteRefusal<'a>),
}

/// One case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteCase {
    /// Name of the calculator.
    #[schema(example = "voluntary_si.payment")]
    calculator: String,
    /// Day whose law holds.
    #[schema(format = Date, example = "2026-07-01")]
    on: String,
    /// Input of the calculator.
    #[schema(value_type = Object, example = json!({ "income_vnd": 3_000_000, "mode": "monthly" }))]
    input: Value,
    /// Whether the steps are wanted; yes when not given.
    #[serde(default = "yes")]
    #[schema(default = true)]
    with_trace: bool,
}

fn yes() -> bool {
    true
}

/// Many cases.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "items": [
    { "calculator": "voluntary_si.payment", "on": "2026-07-01",
      "input": { "income_vnd": 3_000_000, "mode": "twelve_months", "categories": ["near_poor"] } },
    { "calculator": "household_hi.contribution", "on": "2026-07-01",
      "input": { "months": 12, "members": [{}, {}, { "groups": ["pupil"] }] }, "with_trace": false },
] }))]
pub struct QuoteCases {
    /// The cases; a request has a limit, which its refusal names.
    items: Vec<QuoteCase>,
    /// In which language answers are explained; Vietnamese when not given.
    #[serde(default)]
    language: Language,
}

/// What became of many cases; it is written an item at a time.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what is written")]
pub struct QuoteResults<'a> {
    /// In the order of the cases.
    items: Vec<QuoteResult<'a>>,
}

/// Answers many cases; one that is refused leaves the others as they are.
///
/// Nothing of them is kept or logged. Cases are counted for each client address.
#[utoipa::path(post, path = "/api/v1/policy/quotes", tag = "policy", security(()),
    request_body = QuoteCases,
    responses((status = 200, body = QuoteResults), (status = 413, body = ApiError),
        (status = 422, body = ApiError), (status = 429, body = ApiError)))]
pub async fn quote_get_many(
    State(app): State<Arc<App>>,
    ClientAddress(client): ClientAddress,
    Body(asked): Body<QuoteCases>,
) -> Result<Response, AppError> {
    let language = asked.language;
    let mut with_steps = asked
        .items
        .iter()
        .map(|case| case.with_trace)
        .collect::<Vec<_>>()
        .into_iter();
    let inputs = asked.items.into_iter().map(|case| QuoteInput {
        calculator: case.calculator,
        on: case.on,
        input: case.input,
    });
    let write = move |text: &mut Vec<u8>, case: &QuoteInput, result: &AnswerOrRefusal| {
        // The shape of `QuoteResults`, an item at a time.
        text.extend_from_slice(if text.is_empty() {
            b"{\"items\":["
        } else {
            b","
        });
        let item = shown(case, result, language, with_steps.next().unwrap_or(true));
        serde_json::to_writer(text, &item).expect("plain structs into memory");
        Ok(())
    };
    let mut body = cases::quote_get_many(&app, client, inputs.collect(), write).await?;
    body.extend_from_slice(if body.is_empty() {
        b"{\"items\":[]}"
    } else {
        b"]}"
    });
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

fn shown<'a>(
    case: &'a QuoteInput,
    result: &'a AnswerOrRefusal,
    language: Language,
    with_steps: bool,
) -> QuoteResult<'a> {
    match result {
        Ok(QuoteAnswer { on, answer }) => QuoteResult::Answered(Quote::new(
            &case.calculator,
            *on,
            answer,
            language,
            with_steps,
        )),
        Err(error) => QuoteResult::Refused(QuoteRefusal {
            calculator: &case.calculator,
            on: &case.on,
            error: QuoteFault {
                code: error.code(),
                message: error.message(language),
            },
        }),
    }
}

/// A case in an address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuoteParams {
    /// Day whose law holds.
    #[param(format = Date, example = "2026-07-01")]
    on: String,
    /// Input of the calculator, as JSON.
    #[param(example = r#"{"income_vnd":3000000,"mode":"monthly"}"#)]
    input: String,
    /// In which language the answer is explained; Vietnamese when not given.
    #[serde(default)]
    #[param(inline)]
    language: Language,
    /// Whether the steps are wanted; yes when not given.
    #[serde(default = "yes")]
    with_trace: bool,
}

/// Answers one case; the address reproduces it, and the answer may be kept by anybody until the law changes.
#[utoipa::path(get, path = "/api/v1/policy/quotes/{calculator}", tag = "policy", security(()),
    params(("calculator" = String, Path, example = "voluntary_si.payment"), QuoteParams),
    responses((status = 200, body = Quote), (status = 304), (status = 404, body = ApiError),
        (status = 422, body = ApiError), (status = 429, body = ApiError)))]
pub async fn quote_get(
    State(app): State<Arc<App>>,
    ClientAddress(client): ClientAddress,
    Path(calculator): Path<String>,
    Params(params): Params<QuoteParams>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let cached = Cached::by(&app.law.now());
    if let Some(known) = cached.if_known(&headers) {
        return Ok(known);
    }
    let language = params.language;
    let input = serde_json::from_str(&params.input).map_err(|error| malformed(&error, language))?;
    let case = QuoteInput {
        calculator,
        on: params.on,
        input,
    };
    let write = move |text: &mut Vec<u8>, case: &QuoteInput, result: &AnswerOrRefusal| {
        let QuoteAnswer { on, answer } =
            result.as_ref().map_err(|error| refused(error, language))?;
        let quote = Quote::new(&case.calculator, *on, answer, language, params.with_trace);
        serde_json::to_writer(text, &quote).expect("plain structs into memory");
        Ok(())
    };
    let body = cases::quote_get_many(&app, client, vec![case], write).await?;
    Ok(cached.answer(([(header::CONTENT_TYPE, "application/json")], body)))
}

fn malformed(error: &serde_json::Error, language: Language) -> AppError {
    let (message, fix) = match language {
        Language::Vi => (
            format!(
                "Dữ liệu vào không đọc được: {}.",
                in_vietnamese(&error.to_string())
            ),
            "Xem ví dụ trong danh sách phép tính.",
        ),
        Language::En => (
            format!("The input is no JSON: {error}."),
            "See the examples in the list of calculators.",
        ),
    };
    AppError::invalid(Fault::new("input", "input.malformed", message, fix))
}

fn refused(error: &QuoteError, language: Language) -> AppError {
    if matches!(error, QuoteError::UnknownCalculator(_)) {
        return AppError::NotFound {
            entity: "calculator",
        };
    }
    let fix = match language {
        Language::Vi => "Sửa theo quy định nêu trên rồi hỏi lại.",
        Language::En => "Mend what the rule says and ask again.",
    };
    AppError::invalid(Fault::new(
        error.field(),
        error.code(),
        error.message(language),
        fix,
    ))
}
