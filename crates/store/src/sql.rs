//! Small helpers around statements: arguments, one row, many rows, a single value.

use std::fmt::Write as _;

use sea_orm::{ConnectionTrait, FromQueryResult, Statement, TryGetable, Value};

use crate::{StoreError, dialect};

/// The arguments of a statement in the order of `$1`, `$2`, ….
#[derive(Debug, Default, Clone)]
pub struct Args(Vec<Value>);

impl Args {
    /// No arguments yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    #[must_use]
    pub fn text(mut self, value: impl Into<String>) -> Self {
        self.0.push(Value::from(value.into()));
        self
    }

    /// Adds a text that may be missing.
    #[must_use]
    pub fn maybe(mut self, value: Option<impl Into<String>>) -> Self {
        self.0.push(Value::from(value.map(Into::into)));
        self
    }

    /// Adds a whole number.
    #[must_use]
    pub fn int(mut self, value: i64) -> Self {
        self.0.push(Value::from(value));
        self
    }

    /// Adds a whole number that may be missing.
    #[must_use]
    pub fn maybe_int(mut self, value: Option<i64>) -> Self {
        self.0.push(Value::from(value));
        self
    }

    /// Adds yes or no.
    #[must_use]
    pub fn bool(mut self, value: bool) -> Self {
        self.0.push(Value::from(value));
        self
    }

    /// Adds bytes.
    #[must_use]
    pub fn bytes(mut self, value: Vec<u8>) -> Self {
        self.0.push(Value::from(value));
        self
    }

    /// Adds many texts and returns their placeholders, as `$4, $5, $6`, for `in (…)`.
    ///
    /// An empty list gives `null`, which `in` never matches.
    pub fn list<T: Into<String>>(&mut self, values: impl IntoIterator<Item = T>) -> String {
        let mut placeholders = String::new();
        for value in values {
            self.0.push(Value::from(value.into()));
            if !placeholders.is_empty() {
                placeholders.push_str(", ");
            }
            placeholders.push('$');
            placeholders.push_str(&self.0.len().to_string());
        }
        if placeholders.is_empty() {
            "null".to_owned()
        } else {
            placeholders
        }
    }

    /// Adds a text and returns its placeholder.
    pub fn push(&mut self, value: impl Into<String>) -> String {
        self.0.push(Value::from(value.into()));
        format!("${}", self.0.len())
    }

    /// Adds a whole number and returns its placeholder.
    pub fn push_int(&mut self, value: i64) -> String {
        self.0.push(Value::from(value));
        format!("${}", self.0.len())
    }

    /// The arguments.
    pub(crate) fn values(&self) -> &[Value] {
        &self.0
    }

    /// Adds all arguments of another statement.
    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// How many arguments there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The placeholders of a multi-row insert: `($1, $2), ($3, $4)` for two rows of two columns.
pub(crate) fn values(rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 6);
    for place in 1..=rows * columns {
        text.push_str(match (place == 1, place % columns == 1 || columns == 1) {
            (true, _) => "($",
            (false, true) => "), ($",
            (false, false) => ", $",
        });
        write!(text, "{place}").expect("a text takes everything");
    }
    text.push(')');
    text
}

/// Which part of a list is wanted: at most `limit` rows after the row whose key is `after`.
#[derive(Debug, Clone)]
pub struct Page {
    /// Key of the last row already seen.
    pub after: Option<String>,
    /// At most so many rows.
    pub limit: i64,
}

fn statement(db: &impl ConnectionTrait, text: impl Into<String>, args: Args) -> Statement {
    let backend = db.get_database_backend();
    let text = dialect::parameter_text(backend, text.into());
    Statement::from_sql_and_values(backend, text, args.0)
}

/// Carries out a statement and returns how many rows it changed.
pub(crate) async fn execute(
    db: &impl ConnectionTrait,
    text: impl Into<String>,
    args: Args,
) -> Result<u64, StoreError> {
    Ok(db
        .execute_raw(statement(db, text, args))
        .await?
        .rows_affected())
}

/// The first row, if there is one.
pub(crate) async fn one<T: FromQueryResult>(
    db: &impl ConnectionTrait,
    text: impl Into<String>,
    args: Args,
) -> Result<Option<T>, StoreError> {
    match db.query_one_raw(statement(db, text, args)).await? {
        Some(row) => Ok(Some(T::from_query_result(&row, "")?)),
        None => Ok(None),
    }
}

/// Every row.
pub(crate) async fn all<T: FromQueryResult>(
    db: &impl ConnectionTrait,
    text: impl Into<String>,
    args: Args,
) -> Result<Vec<T>, StoreError> {
    let rows = db.query_all_raw(statement(db, text, args)).await?;
    rows.iter()
        .map(|row| T::from_query_result(row, "").map_err(StoreError::from))
        .collect()
}

/// The first column of the first row of a statement that always has one.
pub(crate) async fn scalar<T: TryGetable>(
    db: &impl ConnectionTrait,
    text: impl Into<String>,
    args: Args,
) -> Result<T, StoreError> {
    let row = db.query_one_raw(statement(db, text, args)).await?;
    let row = row.ok_or_else(|| {
        StoreError::Database(sea_orm::DbErr::RecordNotFound("a single value".to_owned()))
    })?;
    Ok(row.try_get_by_index(0)?)
}

/// Statements that belong together, of which one returns rows.
///
/// They are carried out in order, in one round trip where the database takes several at once.
#[derive(Debug, Default)]
pub(crate) struct Script(Vec<(String, Args)>);

impl Script {
    /// Adds a statement; its arguments are counted from `$1` like those of any other.
    pub fn add(&mut self, text: String, args: Args) {
        self.0.push((text, args));
    }

    /// Carries all out and returns the rows.
    pub async fn all<T: FromQueryResult>(
        mut self,
        db: &impl ConnectionTrait,
    ) -> Result<Vec<T>, StoreError> {
        if dialect::takes_several_statements(db.get_database_backend()) {
            let (mut text, mut args) = (String::new(), Args::new());
            for (statement, its_args) in self.0 {
                append_shifted(&mut text, &statement, args.len());
                text.push(';');
                args.extend(its_args);
            }
            return all(db, text, args).await;
        }
        let last = self.0.pop();
        for (text, args) in self.0 {
            execute(db, text, args).await?;
        }
        let (text, args) = last.unwrap_or_default();
        all(db, text, args).await
    }
}

/// Appends a statement whose `$1` becomes `$(1 + shift)`, and so on.
fn append_shifted(to: &mut String, statement: &str, shift: usize) {
    let mut parts = statement.split('$');
    to.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        to.push('$');
        match number.parse::<usize>() {
            Ok(number) => to.push_str(&(number + shift).to_string()),
            Err(_) => to.push_str(number),
        }
        to.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::{append_shifted, values};

    #[test]
    fn placeholders_are_counted_through_all_rows() {
        assert_eq!(values(1, 1), "($1)");
        assert_eq!(values(2, 1), "($1), ($2)");
        assert_eq!(values(2, 3), "($1, $2, $3), ($4, $5, $6)");
    }

    #[test]
    fn arguments_of_a_later_statement_are_counted_on() {
        let mut text = String::from("insert into a values ($1, $2);");
        append_shifted(&mut text, "select n from b where n in ($1, $10) -- $", 2);
        assert_eq!(
            text,
            "insert into a values ($1, $2);select n from b where n in ($3, $12) -- $"
        );
    }
}
