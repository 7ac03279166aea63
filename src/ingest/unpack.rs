//! Opens packed files: gzip as a stream, zip file by file.
//!
//! A packed file can unpack to any size, so that both have a cap on the bytes that come out, and a zip one on its files. Nothing is
//! ever written to disk, so names that lead out of a folder do no harm.

use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use super::input::ReadLimits;
use super::skipped::{self, SkippedFiles};

/// Limits of a file, so many times, that a stream may unpack to: rows are read one by one, and a dump of 4 GiB is no attack.
const STREAM_LIMITS: u64 = 64;
/// Most times their packed size that texts take; prose takes 3 times, and rows of the same words 20 times.
const MOST_SHRUNK: u64 = 200;
/// Limits of a file, so many times, that all files of a zip may unpack to.
const ZIP_LIMITS: u64 = 16;
/// Most files of a zip; a zip of 10 MB can list millions of empty ones.
const MOST_FILES: usize = 100_000;
/// The part of an office file that holds the text.
const DOCUMENT: &str = "word/document.xml";

/// Returns what `input`, which is packed with gzip, unpacks to.
pub(super) fn gunzip<'a>(
    input: Box<dyn Read + Send + 'a>,
    limits: &ReadLimits,
) -> Box<dyn Read + Send + 'a> {
    let limit = limits.bytes as u64;
    Box::new(CappedStream {
        input: MultiGzDecoder::new(PackedInput { input, bytes: 0 }),
        unpacked: 0,
        limit,
    })
}

/// A packed input whose bytes are counted.
struct PackedInput<R> {
    input: R,
    bytes: u64,
}

impl<R: Read> Read for PackedInput<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

/// An input as it unpacks; fails where that is more than texts do.
struct CappedStream<R> {
    input: MultiGzDecoder<PackedInput<R>>,
    unpacked: u64,
    limit: u64,
}

impl<R: Read> Read for CappedStream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.unpacked += read as u64;
        let packed = self.input.get_ref().bytes;
        if self.unpacked > self.limit && self.unpacked / MOST_SHRUNK > packed {
            return Err(io::Error::other("it unpacks to far more than texts do"));
        }
        if self.unpacked / STREAM_LIMITS > self.limit {
            return Err(io::Error::other("it unpacks to more than any dump has"));
        }
        Ok(read)
    }
}

/// A zip in memory.
pub(super) struct ZipFiles<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that its files may still unpack to.
    left: u64,
    /// Most bytes of one file.
    most: u64,
}

/// A file of a zip.
#[derive(Debug)]
pub(super) struct ZipEntry {
    pub(super) number: u32,
    pub(super) name: PathBuf,
}

impl<'a> ZipFiles<'a> {
    /// Opens the zip that `bytes` are.
    pub(super) fn open(bytes: &'a [u8], limits: &ReadLimits) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| explain(&error))?;
        if archive.len() > MOST_FILES {
            return Err(format!(
                "a zip of more than {MOST_FILES} files; unpack it and name the folder"
            ));
        }
        let most = limits.bytes as u64;
        Ok(Self {
            archive,
            left: most.saturating_mul(ZIP_LIMITS),
            most,
        })
    }

    /// Returns the number of the part with the text, if it is a Word file, or why another office file is not read.
    pub(super) fn document(&self) -> Result<Option<u32>, &'static str> {
        if let Some(number) = self.archive.index_for_name(DOCUMENT) {
            return Ok(u32::try_from(number).ok());
        }
        let has = |name: &str| self.archive.index_for_name(name).is_some();
        if has("xl/workbook.xml") || has("xl/workbook.bin") {
            Err("an Excel workbook; save the sheet as CSV")
        } else if has("ppt/presentation.xml") {
            Err("a presentation; save its text")
        } else if has("META-INF/container.xml") {
            Err("an e-book; save it as text")
        } else if has("mimetype") && has("content.xml") {
            Err("an OpenDocument file; save it as .docx, or a sheet as CSV")
        } else {
            Ok(None)
        }
    }

    /// Returns the files that are read, in the order of their names; the others are counted in `skipped`.
    pub(super) fn entries(&self, skipped: &mut SkippedFiles) -> Vec<ZipEntry> {
        let count = u32::try_from(self.archive.len()).unwrap_or(u32::MAX);
        let names = (0..count).map(|number| self.name(number).unwrap_or_default());
        let names: Vec<PathBuf> = names.collect();
        let mut entries: Vec<ZipEntry> = (0..)
            .zip(names.iter().cloned())
            .filter(|(_, name)| !is_folder(name) && !name.iter().any(skipped::is_left_behind))
            .filter(|(_, name)| skipped.is_read(name))
            .map(|(number, name)| ZipEntry { number, name })
            .filter(|entry| {
                !skipped::is_beside_page(&entry.name, |page| names.iter().any(|name| name == page))
            })
            .collect();
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        entries
    }

    /// Returns the name of the file with this number.
    pub(super) fn name(&self, number: u32) -> Option<PathBuf> {
        let name = self.archive.name_for_index(number as usize)?.ok()?;
        Some(PathBuf::from(&*name))
    }

    /// Returns the bytes of the file with this number.
    pub(super) fn read(&mut self, number: u32) -> Result<Vec<u8>, String> {
        let file = self.archive.by_index(number as usize);
        let mut file = file.map_err(|error| explain(&error))?;
        let most = self.most.min(self.left);
        let mut bytes = Vec::new();
        let read = file
            .by_ref()
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes);
        read.map_err(|error| format!("damaged: {error}; get the zip again"))?;
        if bytes.len() as u64 > most {
            return Err("unpacks to more than the largest file; unpack it and split it".to_owned());
        }
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }
}

/// Returns whether a name in a zip is that of a folder.
fn is_folder(name: &Path) -> bool {
    name.as_os_str().as_encoded_bytes().ends_with(b"/")
}

fn explain(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(reason) if reason.contains("assword") => {
            "locked with a password; unpack it first".to_owned()
        }
        ZipError::UnsupportedArchive(_) => "packed in an unknown way; unpack it first".to_owned(),
        _ => format!("a damaged zip: {error}; get it again"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const LIMITS: ReadLimits = ReadLimits { bytes: 1000 };

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_stream_that_unpacks_for_ever_is_stopped() {
        let read = |bytes: &[u8]| {
            let packed = packed(bytes);
            let mut read = Vec::new();
            let input = Box::new(Cursor::new(packed));
            gunzip(input, &LIMITS).read_to_end(&mut read).map(|_| read)
        };
        assert_eq!(read(b"The fares stay.").unwrap(), b"The fares stay.");
        assert!(read(&vec![0; 65_000]).is_err());
        assert!(read("The fares stay. ".repeat(60).as_bytes()).is_ok());
    }

    #[test]
    fn the_files_of_a_zip_are_read_in_the_order_of_their_names() {
        let zip = zipped(&[
            ("b.txt", b"B"),
            ("a/1.txt", b"A"),
            ("__MACOSX/._b.txt", b"x"),
            ("photo.png", b"x"),
            ("page.html", b"x"),
            ("page_files/ad.html", b"x"),
        ]);
        let mut files = ZipFiles::open(&zip, &LIMITS).unwrap();
        let mut skipped = SkippedFiles::default();
        let entries = files.entries(&mut skipped);
        let names: Vec<_> = entries
            .iter()
            .map(|entry| entry.name.to_str().unwrap())
            .collect();
        assert_eq!(names, ["a/1.txt", "b.txt", "page.html"]);
        assert_eq!(files.read(entries[0].number).unwrap(), b"A");
        assert!(skipped.said().is_some_and(|said| said.contains("1 .png")));
    }

    #[test]
    fn a_file_that_unpacks_to_too_much_is_refused_and_the_next_is_read() {
        let zip = zipped(&[("a.txt", &[b' '; 1001]), ("b.txt", b"B")]);
        let mut files = ZipFiles::open(&zip, &LIMITS).unwrap();
        assert!(
            files
                .read(0)
                .is_err_and(|said| said.contains("unpacks to more"))
        );
        assert_eq!(files.read(1).unwrap(), b"B");
    }

    #[test]
    fn all_files_of_a_zip_together_have_a_cap() {
        let files: Vec<(String, Vec<u8>)> = (0..20)
            .map(|n| (format!("{n}.txt"), vec![b' '; 1000]))
            .collect();
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (&**name, &**bytes))
            .collect();
        let zip = zipped(&files);
        let mut files = ZipFiles::open(&zip, &LIMITS).unwrap();
        let read = (0..20).filter(|&number| files.read(number).is_ok()).count();
        assert_eq!(read, 16);
    }

    #[test]
    fn other_office_files_are_named() {
        for (part, kind) in [
            ("xl/workbook.xml", "Excel"),
            ("ppt/presentation.xml", "presentation"),
            ("META-INF/container.xml", "e-book"),
        ] {
            let zip = zipped(&[(part, b"x")]);
            let files = ZipFiles::open(&zip, &LIMITS).unwrap();
            assert!(
                files.document().is_err_and(|said| said.contains(kind)),
                "{part}"
            );
        }
    }

    #[test]
    fn a_cut_zip_is_damaged() {
        let zip = zipped(&[("a.txt", b"The fares stay where they are.")]);
        let cut = &zip[..zip.len() / 2];
        assert!(ZipFiles::open(cut, &LIMITS).is_err_and(|said| said.contains("damaged")));
    }
}
