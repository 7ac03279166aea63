//! Assets in the form that the program works with: `assets/compiled/`, made of the files beside it by the tests.
//!
//! To read the bundled TOML files took more than a quarter of the processor time until the first screen.

use serde::Deserialize;

/// Returns what [`check`] kept.
///
/// # Panics
/// Where `kept` is of another type than `T`; the test that keeps it would have failed.
pub(crate) fn read<T: Deserialize<'static>>(kept: &'static [u8]) -> T {
    postcard::from_bytes(kept).expect("a test keeps what is read")
}

/// Checks that `assets/compiled/` has `made` under `name`, and makes it so.
///
/// # Panics
/// Where it was not so: what is to be committed has changed.
#[cfg(test)]
pub(crate) fn check(name: &str, made: &impl serde::Serialize) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/compiled");
    let made = postcard::to_allocvec(made).expect("it can be kept");
    if std::fs::read(folder.join(name)).ok().as_ref() != Some(&made) {
        std::fs::write(folder.join(name), made).expect("it can be written");
        panic!(
            "assets/compiled/{name} was out of date and is made anew: run the tests again, and commit it"
        );
    }
}
