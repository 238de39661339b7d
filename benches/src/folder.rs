//! A folder for one measurement.

use std::io;
use std::path::{Path, PathBuf};

/// A folder beside the program, on the disk that it was built on (a temporary folder may be memory);
/// gone with the value.
///
/// Own lines rather than the `tempfile` crate: that one asks for features of crates which the server
/// uses without them, so that all of the server was compiled once more for a measurement.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes an empty one.
    pub fn new() -> io::Result<Folder> {
        let program = std::env::current_exe()?;
        let beside = program.parent().unwrap_or(Path::new("."));
        let process = std::process::id();
        for number in 0.. {
            let path = beside.join(format!("bench-{process}-{number}"));
            match std::fs::create_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made.map(|()| Folder(path)),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
