//! Turns the names of authors around where an export writes the last name first.

/// Returns `Jane Doe` for `Doe, Jane`; a name of another shape stays as it is.
pub(super) fn turned(name: &str) -> String {
    let name = name.trim();
    match name.split_once(',') {
        Some((last, first)) if !first.contains(',') && !first.trim().is_empty() => {
            format!("{} {}", first.trim(), last.trim())
        }
        _ => name.to_owned(),
    }
}

/// Returns the names of a list like `Doe, Jane; Roe, John`, turned and with commas between them.
pub(super) fn turned_list(names: &str) -> String {
    let names = names.split(';').filter(|name| !name.trim().is_empty());
    names.map(turned).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_names_go_last() {
        assert_eq!(turned_list("Lee, Sam; Nair, Priya"), "Sam Lee, Priya Nair");
        assert_eq!(turned_list("Doe, Jane"), "Jane Doe");
        assert_eq!(turned_list("Reuters"), "Reuters");
        assert_eq!(turned("Doe, Jane, Jr."), "Doe, Jane, Jr.");
    }
}
