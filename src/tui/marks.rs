//! Signs, names and styles that several views give to the same thing: sides of a comparison, ways to cover a claim.

use crate::compare::Side;
use crate::compare::coverage::CoverageKind;
use crate::library::ReportNo;

use super::shared::Shared;
use super::theme::Scope;

/// Returns the side that a report would stand on if the comparison were opened from the quotations: it does not change with the
/// report that is selected in the list.
pub fn side_of(shared: &Shared, report: ReportNo) -> Option<Side> {
    if let [only] = shared.list.marked.as_slice() {
        return (*only == report).then_some(Side::Left);
    }
    let sides = shared.pair()?;
    Side::BOTH.into_iter().find(|side| sides[*side] == report)
}

/// Returns the side that a report would stand on if the comparison were opened from the list.
fn list_side_of(shared: &Shared, report: ReportNo) -> Option<Side> {
    if let [only] = shared.list.marked.as_slice()
        && shared.total() != 2
    {
        return (*only == report).then_some(Side::Left);
    }
    let sides = shared.list_pair()?;
    Side::BOTH.into_iter().find(|side| sides[*side] == report)
}

/// Returns the sign of a report that is marked for comparison: its letter, or `+` where more than two are marked.
pub fn mark_sign(shared: &Shared, report: ReportNo) -> Option<(String, Scope)> {
    match list_side_of(shared, report) {
        Some(side) => Some((side.letter().to_string(), side_scope(side))),
        None => {
            let is_marked = shared.list.marked.contains(&report);
            is_marked.then(|| ("+".to_owned(), Scope::Mark))
        }
    }
}

/// Returns the scope of a side's letter.
pub fn side_scope(side: Side) -> Scope {
    match side {
        Side::Left => Scope::SideA,
        Side::Right => Scope::SideB,
    }
}

/// Returns the sign of a way in which a report covers a claim, and its scope.
pub fn coverage_sign(kind: CoverageKind) -> (&'static str, Scope) {
    match kind {
        CoverageKind::Quoted => ("●", Scope::GridQuoted),
        CoverageKind::Cut => ("◐", Scope::GridCut),
        CoverageKind::Reworded => ("≠", Scope::GridReworded),
        CoverageKind::Paraphrased => ("○", Scope::GridParaphrased),
        CoverageKind::Said => ("▪", Scope::Grid),
        CoverageKind::Related => ("·", Scope::GridAbsent),
        CoverageKind::Elsewhere => ("→", Scope::GridAbsent),
        CoverageKind::Absent => ("–", Scope::GridAbsent),
    }
}
