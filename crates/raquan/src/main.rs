//! Reads the command line and starts; everything else is in the library.

fn main() -> anyhow::Result<()> {
    raquan::cli::run()
}
