//! Reads the command line and starts; everything else is in the library.

/// Gives back what a burst of work has used, so that the program stays small on a small machine.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    // In pages of 2 MB a burst of work would hold on to half as much again. A kernel that knows none refuses.
    #[cfg(target_os = "linux")]
    rustix::thread::disable_transparent_huge_pages(true).unwrap_or_default();
    raquan::cli::run()
}
