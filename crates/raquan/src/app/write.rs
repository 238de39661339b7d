//! Running a use case: one transaction, its facts, one change row, then the cube and followers.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::changes::{self, ChangeRow};
use store::facts::{self, FactRow};
use store::targets::TargetRow;
use store::{ConnectionTrait, Creation, DatabaseTransaction, JobFuture};

use super::figures::Commit;
use super::{Actor, App, AppError};

/// Which use case writes what.
#[derive(Debug, Clone)]
pub struct Operation {
    province_id: String,
    name: &'static str,
    entity: &'static str,
    input_sha256: Option<String>,
}

impl Operation {
    /// `name` is the use case, `entity` the kind of record, `province_id` its province.
    pub fn new(province_id: impl Into<String>, name: &'static str, entity: &'static str) -> Self {
        Self {
            province_id: province_id.into(),
            name,
            entity,
            input_sha256: None,
        }
    }

    /// This creates a record under an id of the client: keeps a hash of the input, so that the
    /// same request again is told from another one.
    #[must_use]
    pub fn creating(mut self, input: &impl Serialize) -> Self {
        let bytes = serde_json::to_vec(input).expect("inputs are plain data");
        self.input_sha256 = Some(hex(&Sha256::digest(bytes)));
        self
    }

    /// Whether a record of this id was created by the same request before.
    ///
    /// `Ok(true)`: the same, answer as the first time. `Err`: the id is taken by other content.
    pub async fn is_repeated(
        &self,
        db: &impl ConnectionTrait,
        entity_id: &str,
    ) -> Result<bool, AppError> {
        let found =
            changes::change_get_creation(db, &self.province_id, self.entity, entity_id).await?;
        match found {
            Some(row) if row.input_sha256 == self.input_sha256 => Ok(true),
            _ => Err(AppError::id_taken()),
        }
    }

    /// Whether a record of this id was created by the same request before, whatever would be said to it now.
    pub async fn was_accepted(
        &self,
        db: &impl ConnectionTrait,
        entity_id: &str,
    ) -> Result<bool, AppError> {
        let found =
            changes::change_get_creation(db, &self.province_id, self.entity, entity_id).await?;
        Ok(found.is_some_and(|row| row.input_sha256 == self.input_sha256))
    }

    /// The answer that the same request was given before, kept as the change row's `after`; none
    /// when the id is new. `Err`: the id is taken by other content.
    pub async fn earlier_answer<T: DeserializeOwned>(
        &self,
        tx: &DatabaseTransaction,
        entity_id: &str,
    ) -> Result<Option<T>, AppError> {
        let found =
            changes::change_get_creation(tx, &self.province_id, self.entity, entity_id).await?;
        let Some(row) = found else { return Ok(None) };
        if row.input_sha256 != self.input_sha256 {
            return Err(AppError::id_taken());
        }
        let answer = row
            .after_json
            .and_then(|text| serde_json::from_str(&text).ok());
        answer
            .map(Some)
            .ok_or_else(|| AppError::Internal(format!("change of {entity_id} holds no answer")))
    }
}

/// What a use case has written, handed back by its work.
#[derive(Debug)]
pub struct Written<T> {
    output: T,
    entity_id: String,
    before: Option<Value>,
    after: Option<Value>,
    added: Vec<FactRow>,
    replaced: Vec<String>,
    taken: Vec<FactRow>,
    targets: Vec<TargetRow>,
    nothing: bool,
}

impl<T> Written<T> {
    /// `output` is the use case's answer, `entity_id` the record's id.
    pub fn new(output: T, entity_id: impl Into<String>) -> Self {
        Self {
            output,
            entity_id: entity_id.into(),
            before: None,
            after: None,
            added: Vec::new(),
            replaced: Vec::new(),
            taken: Vec::new(),
            targets: Vec::new(),
            nothing: false,
        }
    }

    /// Nothing was written, since the same request had come before.
    pub fn repeated(output: T) -> Self {
        Self {
            nothing: true,
            ..Self::new(output, "")
        }
    }

    /// The record before; without personal data.
    #[must_use]
    pub fn before(mut self, record: Value) -> Self {
        self.before = Some(record);
        self
    }

    /// The record after; without personal data.
    #[must_use]
    pub fn after(mut self, record: Value) -> Self {
        self.after = Some(record);
        self
    }

    /// What the record contributes to indicators from now on.
    #[must_use]
    pub fn facts(mut self, added: Vec<FactRow>) -> Self {
        self.added = added;
        self
    }

    /// Facts that the work itself has taken away, many at once.
    #[must_use]
    pub fn taking_facts(mut self, taken: Vec<FactRow>) -> Self {
        self.taken = taken;
        self
    }

    /// Targets that hold from now on.
    #[must_use]
    pub fn targets(mut self, targets: Vec<TargetRow>) -> Self {
        self.targets = targets;
        self
    }

    /// Takes away what these records have contributed so far.
    #[must_use]
    pub fn replacing_facts_of(mut self, source_ids: Vec<String>) -> Self {
        self.replaced = source_ids;
        self
    }
}

struct Done<T> {
    output: T,
    /// None when nothing was written.
    commit: Option<Commit>,
}

impl App {
    /// Writes a new record that rests on nothing read before, made by `record` from its facts and
    /// its change row. False when a record of this id was created by the same request before.
    ///
    /// Requests that come together share their commit. When this returns `Ok`, everything is on disk and the next figure asked for includes it.
    pub async fn create(
        &self,
        actor: &Actor,
        operation: Operation,
        written: Written<()>,
        record: impl FnOnce(&[FactRow], &ChangeRow) -> Creation,
    ) -> Result<bool, AppError> {
        let change = ChangeRow {
            entity_id: written.entity_id.clone(),
            after_json: written.after.map(|value| value.to_string()),
            changes_figures: !written.added.is_empty(),
            ..self.change(actor, operation.clone())
        };
        let creation = record(&written.added, &change);
        let Some(seq) = self.db.create(creation).await? else {
            operation
                .is_repeated(self.db.read(), &written.entity_id)
                .await?;
            return Ok(false);
        };
        self.figures.committed(Commit {
            province_id: operation.province_id,
            seq,
            removed: vec![],
            added: written.added,
            targets: vec![],
        });
        Ok(true)
    }

    /// The change row of an operation, before its work.
    fn change(&self, actor: &Actor, operation: Operation) -> ChangeRow {
        ChangeRow {
            province_id: operation.province_id,
            seq: 0,
            at: self.clock.now_text(),
            actor_id: actor.user_id.clone(),
            organization_id: actor.organization_id.clone(),
            door: actor.door.name().to_owned(),
            operation: operation.name.to_owned(),
            entity: operation.entity.to_owned(),
            entity_id: String::new(),
            input_sha256: operation.input_sha256,
            before_json: None,
            after_json: None,
            changes_figures: false,
        }
    }

    /// Runs `work` in one transaction with its facts and its change row.
    ///
    /// When this returns `Ok`, everything is on disk and the next figure asked for includes it.
    pub async fn write<T, F>(
        &self,
        actor: &Actor,
        operation: Operation,
        work: F,
    ) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a DatabaseTransaction) -> JobFuture<'a, Written<T>, AppError>
            + Send
            + 'static,
    {
        let is_of_campaign = operation.entity == "campaign";
        let mut change = self.change(actor, operation);
        let done = self
            .db
            .write::<Done<T>, AppError, _>(move |tx| {
                Box::pin(async move {
                    let written = work(tx).await?;
                    if written.nothing {
                        return Ok(Done {
                            output: written.output,
                            commit: None,
                        });
                    }
                    let mut removed = written.taken;
                    for source in &written.replaced {
                        let province = &change.province_id;
                        removed.extend(facts::fact_list_of_source(tx, province, source).await?);
                        facts::fact_delete_of_source(tx, province, source).await?;
                    }
                    change.entity_id = written.entity_id;
                    change.before_json = written.before.map(|value| value.to_string());
                    change.after_json = written.after.map(|value| value.to_string());
                    change.changes_figures = !removed.is_empty()
                        || !written.added.is_empty()
                        || !written.targets.is_empty();
                    let seq =
                        changes::change_insert_with_facts(tx, &change, &written.added).await?;
                    let commit = Commit {
                        province_id: change.province_id,
                        seq,
                        removed,
                        added: written.added,
                        targets: written.targets,
                    };
                    Ok(Done {
                        output: written.output,
                        commit: Some(commit),
                    })
                })
            })
            .await?;
        if is_of_campaign {
            self.recent.clear();
        }
        if let Some(commit) = done.commit {
            self.figures.committed(commit);
        }
        Ok(done.output)
    }
}

/// Bytes as lower-case hexadecimal text.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.collect()
}
