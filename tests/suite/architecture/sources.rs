//! Turns the files below `src` into modules and finds which file takes a name from which.
//!
//! A path such as `super::Canvas` leads to the file that defines `Canvas`, also through `pub use`. Method calls, macros
//! and what comes from other crates are not seen; neither are comments, literals and code under `#[cfg(test)]`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const KEYWORDS: [&str; 9] = [
    "fn", "struct", "enum", "trait", "type", "const", "static", "union", "mod",
];

/// More steps than this from one `pub use` to the next are a mistake of the test.
const LONGEST_CHAIN: usize = 16;

/// One file below `src`, without comments, literals and tests.
pub(super) struct SourceFile {
    /// Path below `src`, such as `tui/view/mod.rs`.
    pub(super) path: String,
    /// Code with literals and comments left out.
    pub(super) code: String,
    module: Vec<String>,
    defined: BTreeSet<String>,
    uses: Vec<Import>,
    mentions: BTreeSet<Vec<String>>,
}

/// A name that a `use` brings into a file; `*` for all names of a module.
struct Import {
    name: String,
    path: Vec<String>,
    /// Whether it is a `pub use`, which only hands the name on.
    public: bool,
}

impl SourceFile {
    fn new(path: String, source: &str) -> Self {
        let code = without_tests(&without_literals(source));
        let tokens = tokens(&code);
        let mut file = Self {
            module: module_of(&path),
            defined: BTreeSet::new(),
            uses: Vec::new(),
            mentions: BTreeSet::new(),
            path,
            code: String::new(),
        };
        file.collect(&tokens);
        file.code = code;
        file
    }

    fn collect(&mut self, tokens: &[&str]) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            if *token == "use" && tokens.get(at) != Some(&"<") {
                let before = self.uses.len();
                let public = at > 1 && ["pub", ")"].contains(&tokens[at - 2]);
                use_tree(tokens, &mut at, Vec::new(), &mut self.uses);
                for import in &mut self.uses[before..] {
                    import.public = public;
                }
            } else if KEYWORDS.contains(token) && tokens.get(at).is_some_and(|next| is_name(next)) {
                self.defined.insert(tokens[at].to_owned());
            } else if is_name(token) {
                let mut path = vec![(*token).to_owned()];
                while tokens.get(at) == Some(&"::")
                    && tokens.get(at + 1).is_some_and(|t| is_name(t))
                {
                    path.push(tokens[at + 1].to_owned());
                    at += 2;
                }
                self.mentions.insert(path);
            }
        }
    }
}

/// All files below `src`, by module.
pub(super) struct Sources {
    /// Files in the order of their paths.
    pub(super) files: Vec<SourceFile>,
    by_module: BTreeMap<Vec<String>, usize>,
}

impl Sources {
    /// Reads the tree of this package.
    pub(super) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        collect_files(&root, &root, &mut files);
        Self::new(files)
    }

    /// Makes modules of files given as path below `src` and text.
    pub(super) fn new(mut files: Vec<(String, String)>) -> Self {
        files.sort();
        let files: Vec<_> = files
            .into_iter()
            .map(|(path, source)| SourceFile::new(path, &source))
            .collect();
        let by_module = files.iter().enumerate();
        let by_module = by_module.map(|(at, file)| (file.module.clone(), at));
        Self {
            by_module: by_module.collect(),
            files,
        }
    }

    /// Returns the files that `file` takes something from, each with the names taken. A name that is only handed on by a
    /// `pub use` does not count.
    pub(super) fn imports(&self, file: &SourceFile) -> BTreeMap<&str, BTreeSet<String>> {
        let mut found = BTreeMap::<&str, BTreeSet<String>>::new();
        let named: BTreeSet<_> = file.mentions.iter().map(|path| &path[0]).collect();
        let used = file.uses.iter();
        let used = used.filter(|import| !import.public || named.contains(&import.name));
        let used = used.map(|import| &import.path);
        for path in used.chain(&file.mentions) {
            let Some(target) = self.resolve(file, path, 0) else {
                continue;
            };
            if target.path != file.path {
                let name = path.last().cloned().unwrap_or_default();
                found.entry(&target.path).or_default().insert(name);
            }
        }
        found
    }

    /// Returns whether one file is the `mod.rs`, or the like, of a module that the other belongs to.
    pub(super) fn is_around(outer: &str, inner: &str) -> bool {
        let (outer, inner) = (module_of(outer), module_of(inner));
        outer != inner && inner.starts_with(&outer)
    }

    /// Returns the file that defines what a path in `file` means; `None` for modules, local names and other crates.
    fn resolve(&self, file: &SourceFile, path: &[String], steps: usize) -> Option<&SourceFile> {
        let (first, rest) = path.split_first()?;
        assert!(
            steps < LONGEST_CHAIN,
            "{}: {path:?} leads in a circle",
            file.path
        );
        let absolute = self.absolute(file, first, rest);
        if let Some(absolute) = absolute {
            return self.defining(&absolute, steps);
        }
        let import = file.uses.iter().find(|import| import.name == *first)?;
        if rest.is_empty() || import.path.first() == Some(first) {
            return None;
        }
        let whole = [&import.path[..], rest].concat();
        self.resolve(file, &whole, steps + 1)
    }

    /// Returns a path from the root, if its first name is a keyword or a module inside that of `file`.
    fn absolute(&self, file: &SourceFile, first: &str, rest: &[String]) -> Option<Vec<String>> {
        let in_main = file.module.first().is_some_and(|room| room == "main");
        let mut base = match first {
            "crate" if in_main => vec!["main".to_owned()],
            "crate" | "crossread" => Vec::new(),
            "self" => file.module.clone(),
            "super" => file.module[..file.module.len().checked_sub(1)?].to_vec(),
            name => {
                let child = [&file.module[..], &[name.to_owned()]].concat();
                self.by_module.get(&child)?;
                child
            }
        };
        for name in rest {
            match name.as_str() {
                "super" => drop(base.pop()),
                name => base.push(name.to_owned()),
            }
        }
        Some(base)
    }

    /// Follows a path from the root to the file that defines its first name after the modules.
    fn defining(&self, path: &[String], steps: usize) -> Option<&SourceFile> {
        let depth = (0..=path.len())
            .rev()
            .find(|n| self.by_module.contains_key(&path[..*n]))?;
        let file = &self.files[self.by_module[&path[..depth]]];
        let rest = &path[depth..];
        let name = rest.first()?;
        if file.defined.contains(name) {
            return Some(file);
        }
        if let Some(import) = file.uses.iter().find(|import| import.name == *name) {
            let whole = [&import.path[..], &rest[1..]].concat();
            return self.resolve(file, &whole, steps + 1);
        }
        let all = file.uses.iter().filter(|import| import.name == "*");
        let mut behind = all.filter_map(|import| {
            let whole = [&import.path[..], rest].concat();
            self.resolve(file, &whole, steps + 1)
        });
        behind
            .find(|target| target.defined.contains(name))
            .or(Some(file))
    }
}

/// Returns `["tui", "view"]` for `tui/view/mod.rs`.
fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    let path = if path == "main/main" { "main" } else { path };
    let names = path.split('/').filter(|name| *name != "lib");
    names.map(str::to_owned).collect()
}

fn collect_files(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if path.is_dir() {
            collect_files(root, &path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && stem != Some("tests") {
            let below = path.strip_prefix(root).expect("it is below the root");
            let source = fs::read_to_string(&path).expect("a source file is text");
            found.push((below.to_str().expect("names are UTF-8").to_owned(), source));
        }
    }
}

/// Reads `a::{b, c as d, self}` after `use`; `at` stands behind it afterwards.
fn use_tree(tokens: &[&str], at: &mut usize, mut path: Vec<String>, found: &mut Vec<Import>) {
    while let Some(token) = tokens.get(*at) {
        match *token {
            "{" => {
                *at += 1;
                while tokens.get(*at).is_some_and(|token| *token != "}") {
                    use_tree(tokens, at, path.clone(), found);
                    *at += usize::from(tokens.get(*at) == Some(&","));
                }
                *at += 1;
                return;
            }
            "::" => {}
            "," | ";" | "}" => break,
            "as" => {
                *at += 1;
                let name = tokens.get(*at).copied().unwrap_or_default().to_owned();
                *at += 1;
                found.push(Import {
                    name,
                    path,
                    public: false,
                });
                return;
            }
            "self" if !path.is_empty() => {}
            name => path.push(name.to_owned()),
        }
        *at += 1;
    }
    let name = path.last().cloned().unwrap_or_default();
    if name == "*" {
        path.pop();
    }
    found.push(Import {
        name,
        path,
        public: false,
    });
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Splits code into names, `::` and single signs.
fn tokens(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if first.is_alphanumeric() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            end.unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        found.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    found
}

/// Leaves out comments and the insides of strings and characters.
fn without_literals(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(['/', '"', '\'', 'r']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let in_name = out.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let end = literal_end(rest, in_name);
        // What follows a literal must not grow into one name with what stands before it.
        out.push_str(if end == 1 { &rest[..1] } else { " " });
        rest = &rest[end..];
    }
    out + rest
}

/// Returns the length of the comment or literal at the beginning of `rest`; 1 if there is none.
fn literal_end(rest: &str, in_name: bool) -> usize {
    let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
    let to = |end: &str, from: usize| {
        rest[from..]
            .find(end)
            .map_or(rest.len(), |at| from + at + end.len())
    };
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        to("*/", 2)
    } else if rest.starts_with('r') && rest[1 + hashes..].starts_with('"') && !in_name {
        to(&format!("\"{}", "#".repeat(hashes)), 2 + hashes)
    } else if rest.starts_with('"') {
        quoted_end(rest)
    } else if let Some(inside) = rest.strip_prefix('\'') {
        let first = inside.chars().next().map_or(0, char::len_utf8);
        match inside.starts_with('\\') {
            true => to("'", 3),
            false if inside[first..].starts_with('\'') => first + 2,
            // A lifetime or a label.
            false => 1,
        }
    } else {
        1
    }
}

fn quoted_end(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.bytes().enumerate().skip(1).find(|(_, byte)| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(at, _)| at + 1)
}

/// Leaves out every item under `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = match rest.find(['{', ';']) {
            Some(at) if rest[at..].starts_with('{') => at + block_length(&rest[at..]),
            Some(at) => at + 1,
            None => rest.len(),
        };
        rest = &rest[end..];
    }
    out + rest
}

fn block_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let end = rest.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    end.map_or(rest.len(), |at| at + 1)
}
