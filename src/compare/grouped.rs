//! Things in groups, one group behind the other in one list: a list for each group would take more memory and more time.

/// Items by the number of their group.
pub(super) struct Grouped<T> {
    /// The place of the first item of each group, and the one after the last of all.
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T: Copy + Default> Grouped<T> {
    /// Groups `items`, each with the number of its group, of which there are so many; in a group they keep their order.
    pub(super) fn new(groups: usize, items: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        let mut starts = vec![0; groups + 1];
        for (group, _) in items.clone() {
            starts[group + 1] += 1;
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut next = starts.clone();
        let mut all = vec![T::default(); end];
        for (group, item) in items {
            all[next[group]] = item;
            next[group] += 1;
        }
        Self { starts, items: all }
    }

    /// Returns the items of a group; none where there is no such group.
    pub(super) fn of(&self, group: usize) -> &[T] {
        match (self.starts.get(group), self.starts.get(group + 1)) {
            (Some(&start), Some(&end)) => &self.items[start..end],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_in_their_groups_in_their_order() {
        let items = [(2, 'a'), (0, 'b'), (2, 'c')];
        let grouped = Grouped::new(4, items.into_iter());
        let groups = [0, 1, 2, 3, 4].map(|group| grouped.of(group).iter().collect::<String>());
        assert_eq!(groups, ["b", "", "ac", "", ""]);
    }
}
