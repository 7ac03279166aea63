//! Turns the names of authors around where an export writes the last name first.

/// Returns `Jane Doe` for `Doe, Jane`; a name of another shape stays as it is.
pub(super) fn turned(name: &str) -> String {
    let name = without_full_stop(name.trim());
    match name.split_once(',') {
        Some((last, first)) if !first.contains(',') && !first.trim().is_empty() => {
            format!("{} {}", first.trim(), last.trim())
        }
        _ => name.to_owned(),
    }
}

/// Returns a name without a full stop behind it that is not one of an initial.
fn without_full_stop(name: &str) -> &str {
    let Some(bare) = name.strip_suffix('.') else {
        return name;
    };
    let last = bare.rsplit([' ', '.']).next().unwrap_or_default();
    let is_short = last.chars().count() <= 1 || matches!(last, "Jr" | "Sr");
    if is_short { name } else { bare }
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
        assert_eq!(turned_list("Doe, Jane."), "Jane Doe");
        assert_eq!(turned_list("Doe, J. R."), "J. R. Doe");
        assert_eq!(turned_list("Reuters"), "Reuters");
        assert_eq!(turned("Doe, Jane, Jr."), "Doe, Jane, Jr.");
    }
}
