//! Lists of numbers, one after the other in one stretch of memory: a million small vectors would take four times as much.

use std::ops::Range;

/// Lists of numbers, in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberLists {
    numbers: Vec<u32>,
    ends: Vec<u32>,
}

impl NumberLists {
    /// Makes room for so many more numbers in so many more lists, and for no others.
    pub(super) fn reserve(&mut self, numbers: usize, lists: usize) {
        self.numbers.reserve_exact(numbers);
        self.ends.reserve_exact(lists);
    }

    /// Adds a list.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.numbers.extend(list);
        self.ends.push(self.numbers.len() as u32);
    }

    /// Returns a list; an empty one where there is none of this number.
    pub(super) fn get(&self, number: usize) -> &[u32] {
        let before = number.checked_sub(1);
        let start = before.map_or(Some(0), |before| self.ends.get(before).copied());
        let list = start.zip(self.ends.get(number).copied());
        let list = list.and_then(|(start, end)| self.numbers.get(start as usize..end as usize));
        list.unwrap_or_default()
    }

    /// Returns the numbers of several lists, one after the other.
    pub(super) fn joined(&self, lists: Range<u32>) -> &[u32] {
        let span = self.start(lists.start)..self.start(lists.end);
        self.numbers.get(span).unwrap_or_default()
    }

    /// Returns where each of several lists starts, counted from the first of them.
    pub(super) fn starts(&self, lists: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        let first = self.start(lists.start);
        lists.map(move |list| (self.start(list) - first) as u32)
    }

    fn start(&self, list: u32) -> usize {
        let before = (list as usize).checked_sub(1);
        let end = before.and_then(|before| self.ends.get(before).or(self.ends.last()));
        end.map_or(0, |end| *end as usize)
    }

    /// Returns the number of lists.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns lists of the places of `numbers` by number, each in order: the first has the places of 0.
    pub(super) fn places_of(numbers: &[u32]) -> Self {
        let count = numbers.iter().max().map_or(0, |most| *most as usize + 1);
        let mut ends = vec![0_u32; count];
        for &number in numbers {
            ends[number as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            // At first the start of each list, which becomes its end as the list is filled.
            let length = std::mem::replace(end, sum);
            sum += length;
        }
        let mut places = vec![0; numbers.len()];
        for (place, &number) in (0..).zip(numbers) {
            let end = &mut ends[number as usize];
            places[*end as usize] = place;
            *end += 1;
        }
        Self {
            numbers: places,
            ends,
        }
    }

    /// Returns the length of each list.
    pub(super) fn lengths(&self) -> impl ExactSizeIterator<Item = u32> + '_ {
        (0..self.len()).map(|list| self.get(list).len() as u32)
    }

    /// Returns all numbers, those of the first list first.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Sorts the numbers of each list by `key`.
    pub(super) fn sort_each<K: Ord>(&mut self, key: impl Fn(u32) -> K) {
        let mut start = 0;
        for &end in &self.ends {
            if let Some(list) = self.numbers.get_mut(start..end as usize)
                && list.len() > 1
            {
                list.sort_by_key(|number| key(*number));
            }
            start = end as usize;
        }
    }

    /// Returns lists of these lengths; `None` where there are more numbers or fewer.
    pub(super) fn of(lengths: Vec<u32>, numbers: Vec<u32>) -> Option<Self> {
        let mut end = 0_u32;
        let mut ends = lengths;
        for length in &mut ends {
            end = end.checked_add(*length)?;
            *length = end;
        }
        (end as usize == numbers.len()).then_some(Self { numbers, ends })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_were_added() {
        let mut lists = NumberLists::default();
        for list in [vec![7, 9], vec![], vec![1]] {
            lists.push(list);
        }
        assert_eq!(
            [0, 1, 2, 3].map(|list| lists.get(list)),
            [&[7, 9][..], &[], &[1], &[]]
        );
        assert_eq!(lists.joined(1..3), [1]);
        assert!(lists.starts(0..3).eq([0, 2, 2]));
        let lengths = lists.lengths().collect();
        let mut again = NumberLists::of(lengths, lists.numbers().to_vec()).unwrap();
        assert_eq!(again, lists);
        again.sort_each(std::cmp::Reverse);
        assert_eq!(
            [0, 1, 2].map(|list| again.get(list)),
            [&[9, 7][..], &[], &[1]]
        );
        assert_eq!(NumberLists::of(vec![2, 9], vec![1, 2, 3]), None);
    }

    #[test]
    fn places_are_listed_by_number() {
        let lists = NumberLists::places_of(&[2, 0, 2, 2]);
        assert_eq!(
            [0, 1, 2].map(|number| lists.get(number)),
            [&[1][..], &[], &[0, 2, 3]]
        );
        assert_eq!(NumberLists::places_of(&[]).len(), 0);
    }
}
