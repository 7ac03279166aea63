//! Lists of numbers, one after the other in one stretch of memory: a million small vectors would take four times as much.

/// Lists of numbers, in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberLists {
    numbers: Vec<u32>,
    ends: Vec<u32>,
}

impl NumberLists {
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

    /// Returns the length of each list, and all numbers.
    pub(super) fn counted(&self) -> (Vec<u32>, Vec<u32>) {
        let counts = (0..self.len()).map(|list| self.get(list).len() as u32);
        (counts.collect(), self.numbers.clone())
    }

    /// Returns lists of these lengths; `None` where there are more numbers or fewer.
    pub(super) fn of(counts: &[u32], numbers: Vec<u32>) -> Option<Self> {
        let mut end = 0_u32;
        let ends = counts.iter().map(|count| {
            end = end.checked_add(*count)?;
            Some(end)
        });
        let ends: Vec<u32> = ends.collect::<Option<_>>()?;
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
        let (counts, numbers) = lists.counted();
        assert_eq!(NumberLists::of(&counts, numbers), Some(lists));
        assert_eq!(NumberLists::of(&[2, 9], vec![1, 2, 3]), None);
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
