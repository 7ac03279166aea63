//! Turns reports of one event into claims: one row each, with how and how early every report has it.
//!
//! Passages are gathered over the pairs that [`compare`](super::compare) finds between any two reports, the surest first. A claim is no
//! chain: a pair brings two groups together only where most of their passages are paired as well, and a *related* pair only where all
//! are. A report whose passage stands in another row, though it is paired with one of this, is said to have it elsewhere. So every
//! passage stands in one row, and a report lacks a claim only if none of its passages is paired with it.

mod claims;
mod cluster;

use std::cmp::Reverse;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Comparison, Document, LinkChoice, Pair, Passage, Sides};
use crate::text::Span;
use claims::QuotedWords;
use cluster::ClaimLink;

/// Most reports that are covered together: the work grows with their number squared.
pub const MOST: usize = 26;

/// The way in which a report has a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CoverageKind {
    /// In quotation marks, all of it.
    Quoted,
    /// In quotation marks, but words are left out.
    Cut,
    /// In quotation marks, in other words.
    Reworded,
    /// Told without quotation marks, where another report quotes it.
    Paraphrased,
    /// Told; no report quotes it.
    Said,
    /// Something about it.
    Related,
    /// In a passage that says more of another claim.
    Elsewhere,
    /// Not at all.
    Absent,
}

impl CoverageKind {
    /// All of them, the nearest to the words that were said first.
    pub const ALL: [CoverageKind; 8] = [
        CoverageKind::Quoted,
        CoverageKind::Cut,
        CoverageKind::Reworded,
        CoverageKind::Paraphrased,
        CoverageKind::Said,
        CoverageKind::Related,
        CoverageKind::Elsewhere,
        CoverageKind::Absent,
    ];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            CoverageKind::Quoted => "quoted",
            CoverageKind::Cut => "cut",
            CoverageKind::Reworded => "reworded",
            CoverageKind::Paraphrased => "paraphrased",
            CoverageKind::Said => "stated",
            CoverageKind::Related => "related",
            CoverageKind::Elsewhere => "see",
            CoverageKind::Absent => "not mentioned",
        }
    }

    /// Returns its meaning in a few words.
    pub fn doc(self) -> &'static str {
        match self {
            CoverageKind::Quoted => "in quotation marks, in full",
            CoverageKind::Cut => "in quotation marks, words left out",
            CoverageKind::Reworded => "in quotation marks, in other words",
            CoverageKind::Paraphrased => "without quotation marks; another report quotes it",
            CoverageKind::Said => "in the outlet's own words",
            CoverageKind::Related => "touches on it",
            CoverageKind::Elsewhere => "in a passage of another row",
            CoverageKind::Absent => "nothing about it",
        }
    }

    /// Whether the report has passages of its own for the claim.
    pub fn covers(self) -> bool {
        !matches!(self, CoverageKind::Elsewhere | CoverageKind::Absent)
    }
}

/// The part of a claim that one report has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageCell {
    /// The way in which it has the claim.
    pub how: CoverageKind,
    /// Its passages, in order; where it has the claim elsewhere, the one that stands in another row.
    pub passages: Vec<usize>,
    /// The quoted words that the fullest quotation does not have.
    pub differs: Vec<Span>,
}

/// The words that a claim goes by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimTitle {
    /// The report that they are from.
    pub report: usize,
    /// The place in that report.
    pub span: Span,
    /// Whether they are a quotation.
    pub quoted: bool,
    /// The speaker, where that is known.
    pub speaker: Option<String>,
}

/// A row of the coverage: one claim, and what each report has of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its words.
    pub lead: ClaimTitle,
    /// The cell of each report.
    pub cells: Vec<CoverageCell>,
}

impl Claim {
    /// Returns how many reports tell it.
    pub fn covering_reports(&self) -> usize {
        self.cells.iter().filter(|cell| cell.how.covers()).count()
    }
}

/// The claims of several reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The passages of each report, in its order.
    pub passages: Vec<Vec<Passage>>,
    /// The claims: what most reports tell first, then what is told earliest.
    pub claims: Vec<Claim>,
}

impl Coverage {
    /// Returns the number, from 0, of the paragraph in which `report` first has what `cell` says.
    pub fn paragraph(&self, report: usize, cell: &CoverageCell) -> Option<usize> {
        first_paragraph(&self.passages, report, cell)
    }
}

/// Returns the number, from 0, of the paragraph in which the first passage of `cell` stands, which is one of `report`.
fn first_paragraph(passages: &[Vec<Passage>], report: usize, cell: &CoverageCell) -> Option<usize> {
    let first = *cell.passages.first()?;
    Some(passages.get(report)?.get(first)?.paragraph)
}

/// Decisions of the reader about two of the reports, by their numbers.
pub type ReportPairChoices = (Sides<usize>, Vec<LinkChoice>);

/// Returns what each of `documents` has of what any of them tells, heeding what the reader linked and unlinked.
pub fn coverage(documents: &[Document<'_>], decided: &[ReportPairChoices]) -> Coverage {
    let passages: Vec<Vec<Passage>> = documents.iter().map(|d| d.passages.clone()).collect();
    let links = links(documents, decided);
    let lengths: Vec<usize> = passages.iter().map(Vec::len).collect();
    let groups = cluster::groups(&lengths, &links);
    let mut words = QuotedWords::new(documents);
    let claims = groups.iter().map(|group| words.claim(documents, group));
    let mut claims: Vec<Claim> = claims.collect();
    claims.sort_by_cached_key(|claim| order(&passages, claim));
    Coverage { passages, claims }
}

/// Returns the pairs between any two of the reports.
fn links(documents: &[Document<'_>], decided: &[ReportPairChoices]) -> Vec<ClaimLink> {
    let all = documents.len();
    let pairs = (0..all).flat_map(|left| (left + 1..all).map(move |right| Sides::new(left, right)));
    let pairs: Vec<Sides<usize>> = pairs.collect();
    let found = pairs.par_iter().map(|&sides| {
        let choices = choices(sides, decided);
        let both = sides.map(|number| documents[number].clone());
        let Comparison { pairs, .. } = super::compare_with(both, &choices);
        let linked = pairs.iter().map(|pair| ClaimLink::new(sides, pair));
        linked.collect()
    });
    let found: Vec<Vec<ClaimLink>> = found.collect();
    found.into_iter().flatten().collect()
}

fn choices(sides: Sides<usize>, decided: &[ReportPairChoices]) -> Vec<LinkChoice> {
    let mut found = Vec::new();
    for (at, choices) in decided {
        match *at {
            at if at == sides => found.extend(choices),
            at if at.swapped() == sides => {
                found.extend(choices.iter().map(|choice| choice.swapped()));
            }
            _ => {}
        }
    }
    found
}

/// Returns what claims are sorted by: how many tell it, how early the earliest does, where the words stand.
fn order(passages: &[Vec<Passage>], claim: &Claim) -> (Reverse<usize>, usize, usize, Span) {
    let cells = claim.cells.iter().enumerate();
    let told = cells.filter(|(_, cell)| cell.how.covers());
    let paragraphs = told.filter_map(|(report, cell)| first_paragraph(passages, report, cell));
    let earliest = paragraphs.min().unwrap_or(usize::MAX);
    (
        Reverse(claim.covering_reports()),
        earliest,
        claim.lead.report,
        claim.lead.span,
    )
}

impl ClaimLink {
    fn new(reports: Sides<usize>, pair: &Pair) -> Self {
        Self {
            ends: [(reports.left, pair.at.left), (reports.right, pair.at.right)],
            similarity: pair.similarity,
            tier: pair.tier,
            origin: pair.origin,
        }
    }
}

#[cfg(test)]
mod tests;
