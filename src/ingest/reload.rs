//! Reads one report again from its place, and nothing else of its file.

use std::io::{Seek, SeekFrom};

use crate::article::{Article, ArticleId, SourcePlace};

use super::failure::{ReadFailure, explain};
use super::formats::json;
use super::input::{ReadLimits, open_file, read_up_to};
use super::source::ReportSource;

/// Reason why a report is not where it was.
const CHANGED: &str = "changed since it was read; open it again";

impl SourcePlace {
    /// Reads the report with this id again.
    ///
    /// # Errors
    /// Fails if the file cannot be read any more, or if another report is at the place.
    pub fn reload(&self, id: ArticleId) -> Result<Article, ReadFailure> {
        let source = ReportSource::file(self.file.to_path_buf());
        let failure = |reason: &str| source.failure(self.extent.line, reason);
        let bytes = self.bytes().map_err(|reason| failure(&reason))?;
        let read = match self.extent.line {
            Some(_) => source.read_row(Some(&bytes), self.extent, json::read_row),
            None => {
                let mut read = Vec::new();
                let limits = ReadLimits { bytes: bytes.len() };
                let whole = source.read_from(&*bytes, &limits, &mut |one| read.push(one));
                whole.map_err(|_| failure(CHANGED))?;
                read
            }
        };
        let mut articles = read.into_iter().flatten();
        let article = articles.nth(self.part as usize);
        let same = article.filter(|article| article.id == id);
        same.ok_or_else(|| failure(CHANGED))
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        let mut file = open_file(&self.file)?;
        let length = file.metadata().map_err(|error| explain(&error))?.len();
        // A file of rows may have grown at its end, while the row stands where it stood.
        if self.extent.line.is_none() && length != self.extent.length {
            return Err(CHANGED.to_owned());
        }
        file.seek(SeekFrom::Start(self.extent.start))
            .map_err(|error| explain(&error))?;
        let mut bytes = Vec::new();
        let wanted = usize::try_from(self.extent.length).unwrap_or(usize::MAX);
        read_up_to(&mut file, &mut bytes, wanted)?;
        Ok(bytes)
    }
}
