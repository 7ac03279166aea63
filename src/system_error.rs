//! Messages of the operating system in the words of this program.

use std::io;

/// Returns the message of `error` in lower case and without its number: `permission denied`.
pub fn describe(error: &io::Error) -> String {
    let message = error.to_string();
    let (message, _) = message.split_once(" (os error ").unwrap_or((&message, ""));
    let mut letters = message.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_an_error_is_left_out() {
        let error = io::Error::from_raw_os_error(2);
        assert_eq!(describe(&error), "no such file or directory");
        assert_eq!(
            describe(&io::Error::other("the disk is full")),
            "the disk is full"
        );
    }
}
