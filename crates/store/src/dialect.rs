//! The one place that knows which database it speaks to.

use sea_orm::DbBackend;

/// The words of a migration's column types that SQLite's strict tables name otherwise.
const SQLITE_TYPES: [(&str, &str); 3] = [
    (" bigint", " integer"),
    (" boolean", " integer"),
    (" bytes", " blob"),
];
const POSTGRES_TYPES: [(&str, &str); 1] = [(" bytes", " bytea")];

/// How every SQLite connection works: what was answered is on disk, readers never wait for the writer.
pub const SQLITE_PRAGMAS: [(&str, &str); 4] = [
    ("journal_mode", "wal"),
    ("synchronous", "full"),
    ("foreign_keys", "on"),
    // A checkpoint each 16 MB of the log.
    ("wal_autocheckpoint", "4096"),
];

/// The memory that a SQLite connection keeps pages in, in KiB: there are few writers, and readers have the
/// system's memory of the file as well.
pub const SQLITE_CACHE_KIB: SqliteCache = SqliteCache {
    writer: 16_384,
    reader: 2_048,
};

/// See [`SQLITE_CACHE_KIB`].
#[derive(Debug, Clone, Copy)]
pub struct SqliteCache {
    /// Of a connection that writes.
    pub writer: u32,
    /// Of each of the connections that read.
    pub reader: u32,
}

/// Turns the common text of a migration into the dialect of `backend`.
///
/// On SQLite every table becomes `strict`, so that a text in a number column is refused there too.
pub fn migration_text(backend: DbBackend, text: &str) -> String {
    let types: &[(&str, &str)] = match backend {
        DbBackend::Sqlite => &SQLITE_TYPES,
        _ => &POSTGRES_TYPES,
    };
    let mut out = text
        .lines()
        .map(|line| {
            line.split_once("--")
                .map_or(line, |(sql, _comment)| sql)
                .trim_end()
        })
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    for (from, to) in types {
        out = out.replace(from, to);
    }
    if backend == DbBackend::Sqlite {
        out.replace("\n);", "\n) strict;")
    } else {
        out
    }
}

/// Statement that serialises migrations of several programs that start together.
pub fn migration_lock(backend: DbBackend) -> Option<&'static str> {
    match backend {
        DbBackend::Postgres => Some("select pg_advisory_xact_lock(7261717561)"),
        _ => None,
    }
}

/// Whether one prepared text may hold several statements, so that they cost one round trip.
pub fn takes_several_statements(backend: DbBackend) -> bool {
    backend == DbBackend::Sqlite
}

/// A statement whose one value, `entries`, is a JSON list of the rows that meet a condition, each a list of the
/// columns; none where rows are handed over fast as they are.
///
/// SQLite's driver hands over row by row and value by value from a thread of its own, which takes longer than
/// reading them. Without rows the value is null.
pub fn rows_in_one(
    backend: DbBackend,
    columns: &str,
    table: &str,
    condition: &str,
) -> Option<String> {
    let condition = || {
        let condition = with_open_limit(condition.to_owned());
        // Only with a limit is the order of the rows part of the selection.
        let open = if condition.contains(" limit ") {
            ""
        } else {
            " limit -1"
        };
        condition + open
    };
    (backend == DbBackend::Sqlite).then(|| {
        format!(
            "select '[' || group_concat(entry) || ']' as entries \
             from (select json_array({columns}) as entry from {table} where {})",
            condition()
        )
    })
}

/// The text with its parameters as `backend` finds them fastest.
pub fn parameter_text(backend: DbBackend, text: String) -> String {
    if backend == DbBackend::Sqlite {
        with_places(with_open_limit(text))
    } else {
        text
    }
}

/// A `limit $3` at the end as `limit $3 + 0`: SQLite plans with the value of a bare parameter there, hence anew
/// each time that one is bound.
fn with_open_limit(mut text: String) -> String {
    let number = text.rsplit_once(" limit $").map(|(_, number)| number);
    if number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        text.push_str(" + 0");
    }
    text
}

/// SQLite keeps `$1` as a name and walks the list of names for each, which takes the square of
/// their number; where `$1, $2, …` stand once each and in order, `?` says the same.
fn with_places(text: String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('$');
    out.push_str(parts.next().unwrap_or_default());
    for (index, part) in parts.enumerate() {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        if number.parse() != Ok(index + 1) {
            return text;
        }
        out.push('?');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_in_order_need_no_names() {
        let check = |text: &str, expected: &str| {
            assert_eq!(parameter_text(DbBackend::Sqlite, text.to_owned()), expected);
            assert_eq!(parameter_text(DbBackend::Postgres, text.to_owned()), text);
        };
        check("select a from b", "select a from b");
        check("values ($1, $2), ($3, $4)", "values (?, ?), (?, ?)");
        check("where a = $1 or b = $1", "where a = $1 or b = $1");
        check("where a = $2 and b = $1", "where a = $2 and b = $1");
        check("where a = '$' and b = $1", "where a = '$' and b = $1");
    }

    #[test]
    fn the_value_of_a_limit_is_not_planned_with() {
        let check = |text: &str, expected: &str| {
            assert_eq!(parameter_text(DbBackend::Sqlite, text.to_owned()), expected);
            assert_eq!(parameter_text(DbBackend::Postgres, text.to_owned()), text);
        };
        check("select a from b limit $1", "select a from b limit ? + 0");
        check(
            "select a from b where c = $2 order by a limit $1",
            "select a from b where c = $2 order by a limit $1 + 0",
        );
        check("select a from b limit 1", "select a from b limit 1");
        check(
            "select (select a limit $1) + 1",
            "select (select a limit ?) + 1",
        );
    }

    #[test]
    fn sqlite_tables_become_strict_and_types_are_mapped() {
        let text = "-- why\ncreate table a (\n  n bigint not null, -- 1, 2\n  f boolean\n);\n";
        assert_eq!(
            migration_text(DbBackend::Sqlite, text),
            "create table a (\n  n integer not null,\n  f integer\n) strict;"
        );
        assert_eq!(
            migration_text(DbBackend::Postgres, text),
            "create table a (\n  n bigint not null,\n  f boolean\n);"
        );
    }
}
