//! Which report covers what.

use crate::harness::{EVERY_SIZE, frames};
use crate::stage::Stage;

#[test]
fn the_grid() {
    frames("grid", EVERY_SIZE, |stage| stage.keys("C j l"));
}

#[test]
fn a_cell_is_read_in_its_report_and_c_comes_back_to_it() {
    let mut grid = Stage::bundled(120, 40).keys("C j l");
    let before = grid.text();
    let mut stage = grid.keys("Enter");
    assert_ne!(stage.text(), before);
    let mut stage = stage.keys("C");
    assert_eq!(stage.text(), before);
    let stage = stage.keys("q");
    assert!(!stage.ended());
}
