//! Numbers as text shows them: with a comma before each three digits, and with the noun in singular or plural.

/// Returns a number with its noun: `1 quote`, `2 quotes`.
pub fn counted(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", grouped(number))
}

/// Returns a number with a comma before each three digits.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_singular_and_thousands_are_parted() {
        let counts = [0, 1, 999, 1_234_567].map(|number| counted(number, "quote"));
        assert_eq!(
            counts,
            ["0 quotes", "1 quote", "999 quotes", "1,234,567 quotes"]
        );
    }
}
