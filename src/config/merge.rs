//! A settings file laid over the default one, which is also the list of what there is to set.
//!
//! Each value is tried alone over the defaults, because serde stops at the first error and all of them are to be said.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::error::{self, SettingsError, SettingsFile};

/// Reads `user` over `default`; what `default` does not hold is an error.
///
/// # Errors
/// Returns all unknown names and wrong values, in the order of the lines.
pub(super) fn read<T>(default: &SettingsFile, user: &SettingsFile) -> Result<T, Vec<SettingsError>>
where
    T: DeserializeOwned,
{
    let defaults = DeTable::parse(&default.text).map_err(|e| vec![default.toml_error(&e)])?;
    let (wanted, broken) = DeTable::parse_recoverable(&user.text);
    let mut wishes = Wishes {
        user,
        settings: Vec::new(),
        errors: broken.iter().map(|e| user.toml_error(e)).collect(),
    };
    wishes.collect(defaults.get_ref(), wanted.get_ref(), &[]);
    let Wishes {
        settings,
        mut errors,
        ..
    } = wishes;
    let mut merged = defaults.clone();
    for setting in settings {
        let mut alone = defaults.clone();
        setting.lay_over(alone.get_mut());
        match T::deserialize(Deserializer::from(alone)) {
            Ok(_) => setting.lay_over(merged.get_mut()),
            Err(wrong) => {
                let what = format!("{}: {}", setting.name, user.toml_error(&wrong).what);
                errors.push(user.error(&setting.value.span(), what));
            }
        }
    }
    errors.sort_by_key(|error| error.line);
    match errors.is_empty() {
        true => T::deserialize(Deserializer::from(merged)).map_err(|e| vec![user.toml_error(&e)]),
        false => Err(errors),
    }
}

/// What the user's file sets, as far as there is such a thing to set.
struct Wishes<'u> {
    user: &'u SettingsFile,
    settings: Vec<Setting<'u>>,
    errors: Vec<SettingsError>,
}

/// A value and the names that lead to it.
struct Setting<'u> {
    tables: Vec<String>,
    name: String,
    value: Spanned<DeValue<'u>>,
}

impl<'u> Wishes<'u> {
    fn collect(&mut self, defaults: &DeTable<'_>, wanted: &DeTable<'u>, tables: &[String]) {
        for (name, value) in wanted {
            let text = name.get_ref();
            match (
                defaults.get(text.as_ref()).map(Spanned::get_ref),
                value.get_ref(),
            ) {
                (None, _) => {
                    let what = unknown(defaults, text, tables);
                    self.errors.push(self.user.error(&name.span(), what));
                }
                (Some(DeValue::Table(defaults)), DeValue::Table(wanted)) => {
                    let tables = [tables, &[text.to_string()]].concat();
                    self.collect(defaults, wanted, &tables);
                }
                (Some(DeValue::Table(_)), _) => {
                    let what = format!("{text:?} is a table; write [{text}]");
                    self.errors.push(self.user.error(&value.span(), what));
                }
                (Some(_), _) => self.settings.push(Setting {
                    tables: tables.to_vec(),
                    name: text.to_string(),
                    value: value.clone(),
                }),
            }
        }
    }
}

impl<'u> Setting<'u> {
    fn lay_over(&self, mut table: &mut DeTable<'u>) {
        for name in &self.tables {
            match table.get_mut(name.as_str()).map(Spanned::get_mut) {
                Some(DeValue::Table(inner)) => table = inner,
                _ => return,
            }
        }
        if let Some(value) = table.get_mut(self.name.as_str()) {
            *value = self.value.clone();
        }
    }
}

fn unknown(defaults: &DeTable<'_>, name: &str, tables: &[String]) -> String {
    let names = defaults.keys().map(|known| known.get_ref().as_ref());
    let kind = match tables.last() {
        Some(table) => format!("setting of [{table}]"),
        None => "setting".to_owned(),
    };
    error::unknown(&kind, name, error::nearest(name, names))
}
