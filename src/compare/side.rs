//! Left and right, and a pair of things indexed by side.

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

/// One of the two reports of a comparison.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The report on the left, A.
    #[default]
    Left,
    /// The report on the right, B.
    Right,
}

impl Side {
    /// Both, left first.
    pub const BOTH: [Side; 2] = [Side::Left, Side::Right];

    /// Returns the other side.
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }

    /// Returns its letter, which is readable without colour.
    pub fn letter(self) -> char {
        match self {
            Side::Left => 'A',
            Side::Right => 'B',
        }
    }
}

/// A thing for each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sides<T> {
    /// The left one.
    pub left: T,
    /// The right one.
    pub right: T,
}

impl<T> Sides<T> {
    /// Returns the pair of `left` and `right`.
    pub fn new(left: T, right: T) -> Self {
        Self { left, right }
    }

    /// Returns the pair of the results of `f` for each side.
    pub fn from_fn(mut f: impl FnMut(Side) -> T) -> Self {
        Self {
            left: f(Side::Left),
            right: f(Side::Right),
        }
    }

    /// Returns the two swapped.
    pub fn swapped(self) -> Self {
        Self {
            left: self.right,
            right: self.left,
        }
    }

    /// Returns the pair of the results of `f` for each.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Sides<U> {
        Sides {
            left: f(self.left),
            right: f(self.right),
        }
    }

    /// Returns the pair of what `f` makes of each; `None` where it makes nothing of one.
    pub fn try_map<U>(self, mut f: impl FnMut(T) -> Option<U>) -> Option<Sides<U>> {
        Some(Sides {
            left: f(self.left)?,
            right: f(self.right)?,
        })
    }

    /// Returns references to both.
    pub fn as_ref(&self) -> Sides<&T> {
        Sides {
            left: &self.left,
            right: &self.right,
        }
    }
}

impl<T> Index<Side> for Sides<T> {
    type Output = T;

    fn index(&self, side: Side) -> &T {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}

impl<T> IndexMut<Side> for Sides<T> {
    fn index_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }
}
