//! One report is read again from its place, and nothing else of its file.

use std::io::{Seek, SeekFrom};

use crate::article::{Article, ArticleId, SourcePlace};

use super::batches::{Rows, fill};
use super::failure::{ReadFailure, explained};
use super::read::{ReadLimits, open};
use super::source::ReportSource;

/// What is said of a report that is not where it was.
const CHANGED: &str = "changed since it was read; open it anew";

impl SourcePlace {
    /// Reads the report with this id again.
    ///
    /// # Errors
    /// Where the file cannot be read any more, or another report is at the place.
    pub fn read(&self, id: ArticleId) -> Result<Article, ReadFailure> {
        let source = ReportSource::file(self.file.to_path_buf());
        let changed = || source.failure(self.line, CHANGED);
        let bytes = self.bytes();
        let bytes = bytes.map_err(|reason| source.failure(self.line, &reason))?;
        let mut read = Vec::new();
        match self.line {
            Some(line) => {
                let rows = Rows {
                    bytes: &bytes,
                    line,
                    start: self.start,
                };
                read = source.share(&rows);
            }
            None => {
                let limits = ReadLimits { bytes: bytes.len() };
                let mut sink = |one| read.push(one);
                source
                    .read_from(bytes.as_slice(), &self.file, &limits, &mut sink)
                    .map_err(|_| changed())?;
            }
        }
        let mut articles = read.into_iter().flatten();
        let article = articles.nth(self.part as usize);
        article
            .filter(|article| article.id == id)
            .ok_or_else(changed)
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        let mut file = open(&self.file)?;
        let length = file.metadata().map_err(|error| explained(&error))?.len();
        if self.line.is_none() && length != self.length {
            return Err(CHANGED.to_owned());
        }
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(self.start))
            .map_err(|error| explained(&error))?;
        fill(
            &mut file,
            &mut bytes,
            usize::try_from(self.length).unwrap_or(usize::MAX),
        )?;
        Ok(bytes)
    }
}
