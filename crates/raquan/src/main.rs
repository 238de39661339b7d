//! Reads the command line and starts; everything else is in the library.

/// Gives back what a burst of work has used, so that the program stays small on a small machine.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    raquan::cli::run()
}
