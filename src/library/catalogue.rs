//! Encodes the summaries of a library as bytes for the cache, so that it opens again without reading its texts.
//!
//! Summaries are written in chunks that are decoded in parallel. The cache makes sure that the bytes are unchanged and belong to
//! the same files. Every text among them is sanitized again when it is decoded, as that of any other source.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::ingest::ReadFailure;

use super::ReportSummary;

/// Summaries in one chunk, enough to keep both cores busy with. Chosen by eye.
const CHUNK: usize = 4096;

/// The reports of a library and its failures, without the texts.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The summary of each report, in order.
    pub summaries: Vec<Arc<ReportSummary>>,
    /// Sources and reports that could not be read.
    pub failures: Vec<ReadFailure>,
}

/// The number of a summary's file in the list of the library's files, and the summary.
type SavedSummary<S> = (u32, S);

impl Catalogue {
    /// Returns the catalogue as bytes; `None` where a report is in none of `files`, so that it could not be read again.
    pub fn encode(&self, files: &[Arc<Path>]) -> Option<Vec<u8>> {
        let numbers: HashMap<&Path, u32> = files.iter().map(|file| &**file).zip(0..).collect();
        let chunk = |summaries: &[Arc<ReportSummary>]| {
            let rows: Option<Vec<SavedSummary<&ReportSummary>>> = summaries
                .iter()
                .map(|summary| Some((*numbers.get(&*summary.place.as_ref()?.file)?, &**summary)))
                .collect();
            postcard::to_allocvec(&rows?).ok()
        };
        let chunks: Option<Vec<Vec<u8>>> = self.summaries.par_chunks(CHUNK).map(chunk).collect();
        postcard::to_allocvec(&(chunks?, &self.failures)).ok()
    }

    /// Returns the catalogue of these bytes and the `files` that it was encoded with; `None` if the bytes are damaged.
    pub fn decode(bytes: &[u8], files: &[Arc<Path>]) -> Option<Self> {
        // Chunks are decoded where they are: a copy of them would be half as much memory again.
        let (chunks, failures): (Vec<&[u8]>, _) = postcard::from_bytes(bytes).ok()?;
        let summary = |(file, mut summary): SavedSummary<ReportSummary>| {
            summary.place.as_mut()?.file = Arc::clone(files.get(file as usize)?);
            Some(Arc::new(summary))
        };
        let chunk = |bytes: &&[u8]| {
            let rows: Vec<SavedSummary<ReportSummary>> = postcard::from_bytes(bytes).ok()?;
            rows.into_iter().map(summary).collect::<Option<Vec<_>>>()
        };
        let chunks: Option<Vec<Vec<_>>> = chunks.par_iter().map(chunk).collect();
        Some(Self {
            summaries: chunks?.into_iter().flatten().collect(),
            failures,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;
    use crate::ingest::{ReadLimits, ReportSource};

    fn catalogue(folder: &Path) -> (Catalogue, Vec<Arc<Path>>) {
        let rows = "{\"title\":\"Québec’s smoke\",\"source\":\"The Gazette\",\"date\":\"2025-09-03T10:00:00Z\",\"keywords\":[\"steel\"],\
                    \"event_id\":7,\"authors\":[\"Jane Doe\"],\"body\":\"He called.\"}\n{\n{\"body\":\"She answered.|||||They met.\"}\n";
        let file: Arc<Path> = folder.join("a.jsonl").into();
        fs::write(&file, rows).unwrap();
        let mut catalogue = Catalogue::default();
        ReportSource::file(file.to_path_buf()).read_each(&ReadLimits::default(), &mut |read| {
            match read {
                Ok(article) => catalogue
                    .summaries
                    .push(Arc::new(ReportSummary::new(&article))),
                Err(failure) => catalogue.failures.push(failure),
            }
        });
        (catalogue, vec![folder.join("other").into(), file])
    }

    #[test]
    fn a_kept_catalogue_is_the_same_and_its_reports_are_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let (catalogue, files) = catalogue(folder.path());
        let bytes = catalogue.encode(&files).unwrap();
        let again = Catalogue::decode(&bytes, &files).unwrap();
        assert_eq!(format!("{again:?}"), format!("{catalogue:?}"));
        assert_eq!((again.summaries.len(), again.failures.len()), (3, 1));
        for summary in again.summaries {
            let place = summary.place.as_ref().unwrap();
            assert_eq!(place.reload(summary.id).unwrap().label, summary.label);
        }
    }

    #[test]
    fn a_report_of_no_file_of_the_library_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (mut catalogue, files) = catalogue(folder.path());
        assert!(catalogue.encode(&files[..1]).is_none());
        let loose = crate::ingest::article_from_text("a.txt", "He called.");
        catalogue
            .summaries
            .push(Arc::new(ReportSummary::new(&loose)));
        assert!(catalogue.encode(&files).is_none());
    }

    proptest! {
        #[test]
        fn bytes_that_are_none_are_refused(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
            let folder = tempfile::tempdir().unwrap();
            let (catalogue, files) = catalogue(folder.path());
            let mut bytes = catalogue.encode(&files).unwrap();
            let at = at.index(bytes.len());
            if cut {
                bytes.truncate(at);
            } else {
                bytes[at] = byte;
            }
            // Whether it is believed is for the sum over the bytes to say; here nothing may fail, and no text come in raw.
            for summary in Catalogue::decode(&bytes, &files).into_iter().flat_map(|again| again.summaries) {
                prop_assert!(!summary.label.chars().any(|c| c.is_control() && c != '\n'));
            }
        }
    }
}
